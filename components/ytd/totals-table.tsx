import type { ReactNode } from "react";
import { Money } from "@/components/ui/money";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { YtdTotals } from "@/lib/domain/payroll/ytd/to-totals";
import type { YtdDefinition } from "@/lib/domain/payroll/ytd/ytd-query";
import { totalFigures, type TotalFigure, type TotalFigureName } from "@/lib/format/total-figures";

/** Of gross, what there is room for beside names. */
const shown = new Set<TotalFigureName>(["gross", "taxes", "deductions", "net"]);

interface TotalsRow {
  key: string;
  header: ReactNode;
  totals: YtdTotals;
}

interface TotalsTableProps {
  label: string;
  head: string;
  definition: YtdDefinition;
  rows: readonly TotalsRow[];
  isPartial: boolean;
  /** Amounts with the sign of their currency, where rows have several of them. */
  symbol?: boolean;
  className?: string;
  /** What an amount leads to. */
  link?: (totals: YtdTotals, of: TotalFigureName, amount: ReactNode) => ReactNode;
}

/** Sums of everybody side by side, by currency or EIN, with the figures of a definition. */
export function TotalsTable({ label, head, definition, rows, className, ...props }: TotalsTableProps) {
  const figuresOf = (totals: YtdTotals) =>
    totalFigures(definition, totals).filter(({ of }) => definition !== "gross" || shown.has(of));
  const [first] = rows;
  if (!first) return null;
  return (
    <Table label={label} density="compact" className={className}>
      <THead>
        <TR>
          <TH>{head}</TH>
          {figuresOf(first.totals).map(({ of, label: title, wide }) => (
            <TH key={of} numeric wide={wide}>
              {title}
            </TH>
          ))}
          <TH numeric wide>
            Statements
          </TH>
        </TR>
      </THead>
      <TBody>
        {rows.map(({ key, header, totals }) => (
          <TR key={key}>
            <TD rowHeader wrap>
              {header}
            </TD>
            {figuresOf(totals).map((figure) => (
              <TD key={figure.of} numeric wide={figure.wide}>
                <Amount {...props} totals={totals} figure={figure} />
              </TD>
            ))}
            <TD numeric wide>
              {totals.statements.toLocaleString("en-US")}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

interface AmountProps extends Pick<TotalsTableProps, "isPartial" | "symbol" | "link"> {
  totals: YtdTotals;
  figure: TotalFigure;
}

function Amount({ totals, figure, isPartial, symbol = true, link }: AmountProps) {
  const { of, cents, missing, canBeMore, notes } = figure;
  if (cents === null) return <NoSum reason={notes.join(", ")} />;
  const amount = (
    <Money
      amount={cents}
      currency={totals.currency || null}
      symbol={symbol}
      atLeast={canBeMore && (isPartial || missing > 0)}
    />
  );
  return link ? link(totals, of, amount) : amount;
}

/** There is no such sum: nothing that a provider left out, but for a reason of ours. */
export const NoSum = ({ reason }: { reason: string }) => (
  <span className="text-muted" title={reason || undefined}>
    –<span className="sr-only">{reason || "no sum"}</span>
  </span>
);
