import { TextLink } from "@/components/ui/link";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatDate } from "@/lib/format/dates";
import { formatCount, formatMoney } from "@/lib/format/money";
import { ytdHref } from "./ytd-url";

function daysOf(from: string | null, to: string | null): string {
  if (from === null || to === null) return "";
  return from === to ? ` on ${formatDate(from)}` : ` from ${formatDate(from)} to ${formatDate(to)}`;
}

/** What is in none of the sums: later pay dates, statements without one, and pay that is no wages. */
export function YtdAside({
  customerId,
  query,
  view,
}: {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
}) {
  const scheduled = view.scheduled.map(
    ({ statements, grossCents, currency, from, to }) =>
      `${statements > 0 ? `${formatCount(statements, "statement")} of ` : ""}${formatMoney(grossCents, currency || null)} gross${daysOf(from, to)}`,
  );
  const undated = view.undated.reduce((n, { statements }) => n + statements, 0);
  const isApart = view.hasContracts && query.pay === "employees";
  if (scheduled.length === 0 && undated === 0 && !isApart) return null;
  return (
    <p className="mb-5 text-sm text-secondary">
      {scheduled.length > 0 ? `Scheduled and not counted: ${scheduled.join("; ")}. ` : null}
      {undated > 0 ? (
        <>
          {formatCount(undated, "statement")} without a pay date {undated === 1 ? "is" : "are"} in no year:{" "}
          <TextLink href={ytdHref(customerId, query, { period: "undated" })}>see the undated</TextLink>.{" "}
        </>
      ) : null}
      {isApart ? (
        <>
          These are wages:{" "}
          <TextLink href={ytdHref(customerId, query, { pay: "nonemployee" })}>1099 pay</TextLink> is apart,
          while the gross of payments includes it.
        </>
      ) : null}
    </p>
  );
}
