import { Money } from "@/components/ui/money";
import type { IncomeView } from "@/lib/domain/individuals/to-directory-row";
import { enumLabel } from "@/lib/format/enums";

/** An amount with its unit of time, as the provider gave it: never turned into another one. */
export function IncomeAmount({ income, short = false }: { income: IncomeView; short?: boolean }) {
  const words = enumLabel("incomeUnit", income.unit);
  // "/ year" for "a year", where room is short.
  const unit = short ? words?.replace(/^an? /, "/ ") : words;
  return (
    <>
      <Money amount={income.amountCents} currency={income.currency} />
      {unit ? <span className="text-muted"> {unit}</span> : null}
      {income.currency ? null : <span className="text-muted"> (currency not given)</span>}
    </>
  );
}
