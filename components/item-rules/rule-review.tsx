import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { Spinner } from "@/components/ui/spinner";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { ActionError } from "@/lib/client/action-result";
import type { RulePreview, RuleYearView } from "@/lib/domain/payroll/item-rules/views";
import { formatNumber } from "@/lib/format/money";

interface RuleReviewProps {
  preview: RulePreview | null;
  pending: boolean;
  error: ActionError | null;
  remove: boolean;
  onBack: () => void;
  onSend: () => void;
}

/** Which lines of past statements a rule is for, before and after, by year. */
export function RuleReview({ preview, pending, error, remove, onBack, onSend }: RuleReviewProps) {
  return (
    <div className="grid gap-4">
      {preview ? (
        <Effect preview={preview} remove={remove} />
      ) : error ? null : (
        <p className="flex items-center gap-2 text-sm text-secondary">
          <Spinner /> Looking for the lines of this rule.
        </p>
      )}
      {error ? (
        <Banner
          tone="attention"
          role="alert"
          headingLevel={3}
          title="Finch was not asked"
          requestId={error.requestId ?? null}
          stacked
        >
          {error.message}
        </Banner>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>{remove ? "Keep it" : "Back"}</Button>
        <Button
          variant={remove ? "danger" : "primary"}
          pending={pending && preview !== null}
          disabled={preview === null}
          onClick={onSend}
        >
          {remove ? "Delete at Finch" : "Ask Finch"}
        </Button>
      </div>
    </div>
  );
}

function Effect({ preview: { before, after }, remove }: { preview: RulePreview; remove: boolean }) {
  if (before === null || after === null)
    return (
      <p className="text-sm text-secondary">
        This rule has a condition that Perch does not know, so nobody can say here which lines it is for.
      </p>
    );
  const slots = [...new Set([...before, ...after].map(({ year, currency }) => `${year} ${currency}`))];
  if (slots.length === 0)
    return (
      <p className="text-sm text-secondary">
        No line of past statements is meant. The rule holds for those that come.
      </p>
    );
  const at = (years: readonly RuleYearView[], slot: string) =>
    years.find(({ year, currency }) => `${year} ${currency}` === slot);
  const both = before.length > 0 && !remove;
  return (
    <div>
      <p className="mb-2 text-sm">
        {remove
          ? "These lines lose the labels of the rule:"
          : "These lines of past statements get the labels:"}
      </p>
      <Table label="Lines that are meant" density="compact">
        <THead>
          <TR>
            <TH>Year</TH>
            {both ? <TH numeric>Lines now</TH> : null}
            <TH numeric>Lines</TH>
            <TH numeric>People</TH>
            <TH numeric>Amount</TH>
          </TR>
        </THead>
        <TBody>
          {slots.map((slot) => {
            const now = at(before, slot);
            const then = at(remove ? before : after, slot);
            return (
              <TR key={slot}>
                <TD rowHeader>{slot.startsWith("0 ") ? "Undated" : slot.split(" ")[0]}</TD>
                {both ? <TD numeric>{formatNumber(now?.lines ?? 0)}</TD> : null}
                <TD numeric>{formatNumber(then?.lines ?? 0)}</TD>
                <TD numeric>{formatNumber(then?.people ?? 0)}</TD>
                <TD numeric>
                  <Money amount={then?.amountCents ?? 0n} currency={slot.split(" ")[1] ?? ""} />
                </TD>
              </TR>
            );
          })}
        </TBody>
      </Table>
    </div>
  );
}
