import { Money } from "@/components/ui/money";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { ClassificationPreview, YearEffectView } from "@/lib/domain/payroll/items/views";
import { formatMoney, formatNumber } from "@/lib/format/money";

/** What moves from one type to another in each year, and both ends of the estimates with it. */
export function PreviewYears({ preview }: { preview: ClassificationPreview }) {
  if (preview.years.length === 0)
    return (
      <p className="text-sm text-secondary">
        No line of these pay dates is here. The type holds for those that come.
      </p>
    );
  return (
    <>
      <Table label="What changes" density="compact">
        <THead>
          <TR>
            <TH>Year</TH>
            <TH numeric>Lines</TH>
            <TH numeric>People</TH>
            <TH numeric>Amount</TH>
            <TH wide>Box 1, before to after</TH>
          </TR>
        </THead>
        <TBody>
          {preview.years.map((year) => (
            <TR key={`${year.year} ${year.currency}`}>
              <TD rowHeader>
                {year.year === 0 ? "Undated" : year.year}
                {year.closed ? <span className="font-normal text-attention-text"> closed</span> : null}
              </TD>
              <TD numeric>{formatNumber(year.lines)}</TD>
              <TD numeric>{formatNumber(year.people)}</TD>
              <TD numeric>
                <Money amount={year.amountCents} currency={year.currency} />
                {year.currency === "" ? <span className="text-muted"> no currency</span> : null}
              </TD>
              <TD wide wrap className="text-secondary">
                {estimateWords(year)}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <p className="mt-1.5 text-xs text-muted">
        Box 1 is what all lines of this item come to in the year, before yearly limits.
      </p>
    </>
  );
}

function estimateWords({ box1 }: YearEffectView): string {
  if (!box1) return "not estimated";
  const range = ({ lowCents, highCents }: { lowCents: bigint; highCents: bigint }) =>
    lowCents === highCents
      ? formatMoney(lowCents, "USD")
      : `${formatMoney(lowCents, "USD")} to ${formatMoney(highCents, "USD")}`;
  const [before, after] = [range(box1.before), range(box1.after)];
  return before === after ? `${before}, unchanged` : `${before} → ${after}`;
}
