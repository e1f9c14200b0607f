import { TextLink } from "@/components/ui/link";
import { SubLine } from "@/components/ui/table";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { TotalsTable } from "./totals-table";
import { firstPage, ytdHref } from "./ytd-url";

interface EinTotalsProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
  isPartial: boolean;
}

/** Sums of each EIN, where an employer has several: each leads to the people of its entities. */
export function EinTotals({ customerId, query, view, isPartial }: EinTotalsProps) {
  const rows = view.byEin.flatMap(({ ein, names, entities, totals }) =>
    totals.map((each) => ({
      key: `${entities.join()} ${each.currency}`,
      header: (
        <>
          <TextLink
            href={`${ytdHref(customerId, query, { ...firstPage, search: "", incomplete: false, entities })}#people`}
          >
            {ein ?? "No EIN"}
          </TextLink>
          <SubLine>{names.join(", ")}</SubLine>
        </>
      ),
      totals: each,
    })),
  );
  return (
    <TotalsTable
      label="Totals by EIN"
      head="EIN"
      definition={query.definition}
      rows={rows}
      isPartial={isPartial}
      className="mb-6"
    />
  );
}
