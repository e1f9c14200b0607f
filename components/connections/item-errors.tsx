import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { StatusShape } from "@/components/ui/status-shape";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import type {
  ItemErrorsView,
  ItemErrorView,
  ItemProduct,
} from "@/lib/domain/connections/detail/list-item-errors";
import { stepLabel } from "./connection-look";
import { connectionHref, withItems, type ConnectionAddress } from "./connection-url";
import { entityName, type EntityName } from "./sync-steps";

interface ItemErrorsProps {
  view: ItemErrorsView;
  customerId: string;
  entities: readonly EntityName[];
  zone: string;
  /** The page's own path. */
  here: string;
  address: ConnectionAddress;
  /** Null before the first sync. */
  syncedAt: string | null;
}

type RowProps = Pick<ItemErrorsProps, "customerId" | "entities" | "zone"> & {
  item: ItemErrorView;
  now: string;
};

function Row({ item, customerId, entities, zone, now }: RowProps) {
  const { label, detail, individualId, product, entityId, since, happened, todo, code } = item;
  const of = [stepLabel(product), detail, entityId ? entityName(entities, entityId) : null].filter(Boolean);
  const sinceTime = since ? <RelativeTime value={since} now={now} zone={zone} /> : "not known";
  return (
    <TR>
      <TD rowHeader wrap className="min-w-[130px]">
        {individualId ? <RowLink href={paths.individual(customerId, individualId)}>{label}</RowLink> : label}
        <SubLine>{of.join(" · ")}</SubLine>
        <SubLine className="md:hidden">since {sinceTime}</SubLine>
      </TD>
      <TD wide className="text-secondary">
        {sinceTime}
      </TD>
      <TD wrap>
        {happened}
        {code ? <SubLine className="font-mono">{code}</SubLine> : null}
        <SubLine className="text-secondary md:hidden">{todo}</SubLine>
      </TD>
      <TD wide wrap className="text-secondary">
        {todo}
      </TD>
    </TR>
  );
}

function Rows({ view, ...place }: Pick<ItemErrorsProps, "view" | "customerId" | "entities" | "zone">) {
  return (
    <Table label="Items without data" density="relaxed">
      <THead>
        <TR>
          <TH>For whom</TH>
          <TH wide>Since</TH>
          <TH>What happened</TH>
          <TH wide>What to do</TH>
        </TR>
      </THead>
      <TBody>
        {view.items.map((item) => (
          <Row key={item.key} item={item} now={view.now} {...place} />
        ))}
      </TBody>
    </Table>
  );
}

function Filter({ view, here, address }: Pick<ItemErrorsProps, "view" | "here" | "address">) {
  const hrefOf = (items: ItemProduct | null) => connectionHref(here, withItems(address, items));
  return (
    <Segmented
      label="Of which step"
      value={address.items ?? "all"}
      items={[
        { value: "all", label: `All ${formatNumber(view.total)}`, href: hrefOf(null) },
        ...view.counts.map(({ product, items }) => ({
          value: product,
          label: `${stepLabel(product)} ${formatNumber(items)}`,
          href: hrefOf(product),
        })),
      ]}
    />
  );
}

/** People, payments and other items that Finch answered with an error for: whom, why, and what helps. */
export function ItemErrors({ view, here, address, syncedAt, ...place }: ItemErrorsProps) {
  const { items, total, counts, newer, older } = view;
  const matching = address.items
    ? (counts.find(({ product }) => product === address.items)?.items ?? 0)
    : total;
  const several = counts.length > 1 || address.items !== null;
  return (
    <Section
      id="items"
      title="Without data"
      {...(total > 0 ? { note: "Finch answered with an error; everything else arrived" } : {})}
    >
      {several && total > 0 ? (
        <div className="overflow-x-auto py-2.5">
          <Filter view={view} here={here} address={address} />
        </div>
      ) : null}
      {items.length > 0 ? (
        <Rows view={view} {...place} />
      ) : (
        <Nothing total={total} synced={syncedAt !== null} />
      )}
      {newer || older ? (
        <Pagination
          inPlace
          label="items without data"
          summary={`${formatNumber(items.length)} of ${formatCount(matching, "item")}`}
          previousHref={
            newer && connectionHref(here, { ...withItems(address, address.items), itemsBefore: newer })
          }
          nextHref={
            older && connectionHref(here, { ...withItems(address, address.items), itemsAfter: older })
          }
        />
      ) : null}
    </Section>
  );
}

function Nothing({ total, synced }: { total: number; synced: boolean }) {
  const text =
    total > 0
      ? "None of this step any more."
      : synced
        ? "None: Finch gave data for everybody and everything that was asked for."
        : "Nothing was asked for yet.";
  return (
    <p
      data-tone={total === 0 && synced ? "healthy" : "neutral"}
      className="flex items-center gap-2 pt-3 text-sm text-secondary"
    >
      {total === 0 && synced ? <StatusShape shape="check" className="size-3.5" /> : null}
      {text}
    </p>
  );
}
