import { Banner } from "@/components/ui/banner";
import { formatInstant } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import type { HeldView } from "@/lib/domain/connections/detail/get-connection-record";
import { AcceptHold, type AcceptHoldProps } from "./accept-hold";
import { rowsOf } from "./row-names";
import { entityName, type EntityName } from "./sync-steps";

interface HoldBannersProps {
  holds: readonly HeldView[];
  entities: readonly EntityName[];
  providerName: string;
  scope: AcceptHoldProps["scope"];
  connectionId: string;
  mayAccept: boolean;
  accept: AcceptHoldProps["accept"];
  zone: string;
  now: string;
}

/** Banners that stand open; more of them fold away. */
const openBanners = 3;

function whereOf({ label, entityId }: HeldView, entities: readonly EntityName[]): string {
  const parts = [label, entityId ? entityName(entities, entityId) : null].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

type HoldProps = Omit<HoldBannersProps, "holds"> & { hold: HeldView };

function Hold({ hold, entities, providerName, mayAccept, zone, now, ...place }: HoldProps) {
  const isDeduction = hold.product === "benefits" && hold.finchId !== "";
  const rows = rowsOf(isDeduction ? "enrollments" : hold.product, hold.rows);
  const where = whereOf(hold, entities);
  const day = (at: string) => formatInstant(at, zone, { now: new Date(now) });
  const request = hold.requestId ? { requestId: hold.requestId } : {};
  if (hold.acceptedAt) {
    return (
      <Banner
        tone="waiting"
        shape="hourglass"
        title={`${hold.acceptedBy ?? "Somebody"} said on ${day(hold.acceptedAt)} that ${rows}${where} may go`}
        means="The next sync looks once more. What Finch still does not give then goes from here too."
        todo="Nothing."
        {...request}
      />
    );
  }
  return (
    <Banner
      tone="attention"
      shape="diamond"
      title={`Finch now answers with nothing where there were ${rows}${where}, since ${day(hold.createdAt)}`}
      means="They stay here as they are and count in every total until somebody says that they are gone. They may also come back by themselves."
      todo={`Look at ${providerName}. If they were removed there, say so here; if they are there, wait: each sync asks again.${
        mayAccept ? "" : " An administrator of this employer can do that."
      }`}
      {...request}
      {...(mayAccept ? { actions: <AcceptHold holdId={hold.id} rows={rows} {...place} /> } : {})}
    />
  );
}

/** Data that Finch no longer gives and nobody has let go: what a person has to decide. */
export function HoldBanners({ holds, ...rest }: HoldBannersProps) {
  const [shown, more] = [holds.slice(0, openBanners), holds.slice(openBanners)];
  if (shown.length === 0) return null;
  const bannersOf = (some: readonly HeldView[]) =>
    some.map((hold) => <Hold key={hold.id} hold={hold} {...rest} />);
  return (
    <div className="mb-[26px] grid gap-3">
      {bannersOf(shown)}
      {more.length > 0 ? (
        <details>
          <summary className="cursor-pointer py-1 text-sm text-accent">
            {formatCount(more.length, "more answer", "more answers")} that came back empty
          </summary>
          <div className="mt-2 grid gap-3">{bannersOf(more)}</div>
        </details>
      ) : null}
    </div>
  );
}
