import { LinkButton } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { statusLooks, type StatusLook } from "@/components/ui/status-chip";
import { StatusShape } from "@/components/ui/status-shape";
import type { AttentionItem } from "@/lib/domain/overview/to-attention";
import { paths } from "@/lib/paths";

interface AttentionListProps {
  customerId: string;
  items: readonly AttentionItem[];
  mayConnect: boolean;
  now: Date;
  zone: string;
}

function lookOf(status: AttentionItem["status"]): Pick<StatusLook, "tone" | "shape"> {
  if (status === "unread_people") return { tone: "neutral", shape: "dot" };
  return status === "missing_runs" ? { tone: "attention", shape: "dashed" } : statusLooks[status];
}

const placeWords: Record<AttentionItem["place"]["kind"], string> = {
  connection: "See the connection",
  pay_group: "See its calendar",
  payroll: "Open payroll",
};

function hrefOf(customerId: string, place: AttentionItem["place"]): string {
  if (place.kind === "payroll") return paths.payroll(customerId);
  return place.kind === "pay_group"
    ? paths.payGroup(customerId, place.payGroupId)
    : paths.connection(customerId, place.connectionId);
}

/** What needs a person, worst at the top: what happened, what it means, what to do. */
export function AttentionList({ customerId, items, mayConnect, now, zone }: AttentionListProps) {
  if (items.length === 0) return null;
  return (
    <Section
      title="Needs attention first"
      note={items.length > 1 ? `${items.length}, worst at the top` : undefined}
    >
      <ul>
        {items.map((item, at) => {
          const look = lookOf(item.status);
          const reconnect = item.status === "action_needed" && mayConnect;
          return (
            <li
              key={item.key}
              data-tone={look.tone}
              className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 border-b border-line py-3 md:grid-cols-[auto_minmax(0,1fr)_auto]"
            >
              <StatusShape shape={look.shape} className="mt-[3px] size-4" />
              <div>
                <h3>{item.title}</h3>
                <p className="max-w-[88ch] text-secondary">{item.means}</p>
                {item.todo ? <p className="max-w-[88ch] text-secondary">{item.todo}</p> : null}
                {item.since ? (
                  <p className="mt-0.5 text-xs text-muted">
                    <RelativeTime value={item.since} now={now} zone={zone} prefix="Since " />
                  </p>
                ) : null}
              </div>
              <div className="max-md:col-start-2">
                <LinkButton
                  href={hrefOf(customerId, item.place)}
                  variant={reconnect && at === 0 ? "primary" : "default"}
                >
                  {reconnect ? "Reconnect" : placeWords[item.place.kind]}
                </LinkButton>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
