import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { firstPage, ytdHref } from "./ytd-url";

interface EinTotalsProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
  isPartial: boolean;
}

const columns = [
  { of: "gross", label: "Gross", wide: false },
  { of: "taxes", label: "Taxes", wide: true },
  { of: "deductions", label: "Deductions", wide: true },
  { of: "net", label: "Net", wide: false },
] as const;

/** Sums of each EIN, where an employer has several: each leads to the people of its entities. */
export function EinTotals({ customerId, query, view, isPartial }: EinTotalsProps) {
  if (view.byEin.length === 0) return null;
  return (
    <Table label="Totals by EIN" density="compact" className="mb-6">
      <THead>
        <TR>
          <TH>EIN</TH>
          {columns.map(({ of, label, wide }) => (
            <TH key={of} numeric wide={wide}>
              {label}
            </TH>
          ))}
          <TH numeric wide>
            Statements
          </TH>
        </TR>
      </THead>
      <TBody>
        {view.byEin.flatMap(({ ein, names, entities, totals }) =>
          totals.map((each) => (
            <TR key={`${entities.join()} ${each.currency}`}>
              <TD rowHeader wrap>
                <TextLink
                  href={`${ytdHref(customerId, query, { ...firstPage, search: "", incomplete: false, entities })}#people`}
                >
                  {ein ?? "No EIN"}
                </TextLink>
                <SubLine>{names.join(", ")}</SubLine>
              </TD>
              {columns.map(({ of, wide }) => (
                <TD key={of} numeric wide={wide}>
                  <Money
                    amount={each[`${of}Cents`]}
                    currency={each.currency || null}
                    atLeast={isPartial || each.without[of] > 0}
                  />
                </TD>
              ))}
              <TD numeric wide>
                {each.statements.toLocaleString("en-US")}
              </TD>
            </TR>
          )),
        )}
      </TBody>
    </Table>
  );
}
