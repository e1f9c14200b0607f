import { Money } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat-row";
import type { StatementsView, YearSums } from "@/lib/domain/payroll/statements/read-statements";
import type { YearAmount } from "@/lib/domain/payroll/statements/payslip-view";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";

/** One's own year so far, each currency by itself. */
export function OwnYear({ view }: { view: StatementsView }) {
  const { sums, year, provider } = view;
  if (!sums || year === null) return null;
  const isWhole = sums.through.endsWith("-12-31");
  return (
    <Section
      title={isWhole ? `The year ${year}` : `Year to date, ${year}`}
      note={`${formatCount(sums.statements, "statement")} paid through ${formatDate(sums.through)}`}
    >
      {sums.byCurrency.length === 0 ? (
        <p className="py-3 text-sm text-secondary">Nothing was paid in this time.</p>
      ) : (
        sums.byCurrency.map((row) => (
          <StatRow key={row.currency} className="border-t-0">
            <Figure label="Gross pay" row={row} amount={row.gross} provider={provider} />
            <Figure label="Taxes" row={row} amount={row.taxes} provider={provider} />
            <Figure label="Deductions" row={row} amount={row.deductions} provider={provider} />
            <Figure label="Net pay" row={row} amount={row.net} provider={provider} />
            <Figure
              label="Employer contributions"
              row={row}
              amount={row.contributions}
              provider={provider}
              note="on top of gross"
            />
          </StatRow>
        ))
      )}
    </Section>
  );
}

interface FigureProps {
  label: string;
  row: YearSums;
  /** Null: there were no lines of the kind. */
  amount: YearAmount | null;
  provider: string;
  note?: string;
}

function Figure({ label, row, amount, provider, note }: FigureProps) {
  const missing = amount?.missing ?? 0;
  const lacks = missing > 0 ? `${formatCount(missing, "amount")} not given by ${provider}` : note;
  return (
    <Stat
      label={label}
      value={
        <Money
          amount={amount?.amountCents ?? 0n}
          currency={row.currency || null}
          figure
          atLeast={missing > 0}
        />
      }
      {...(lacks ? { note: lacks } : {})}
    />
  );
}
