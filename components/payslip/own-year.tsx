import { Money } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat-row";
import type { StatementsView } from "@/lib/domain/payroll/statements/read-statements";
import type { PersonYear } from "@/lib/domain/payroll/ytd/read-person-year";
import type { YtdFigures } from "@/lib/domain/payroll/ytd/views";
import { formatDate } from "@/lib/format/dates";
import { formatHours } from "@/lib/format/hours";
import { formatCount, formatMoney } from "@/lib/format/money";

/** One's own year so far, as the employer's list has it, each currency by itself. */
export function OwnYear({ view }: { view: StatementsView }) {
  const { sums, year, provider } = view;
  if (!sums || year === null) return null;
  const isWhole = sums.through.endsWith("-12-31");
  const statements = sums.figures.reduce((count, each) => count + each.statements, 0);
  return (
    <Section
      title={isWhole ? `The year ${year}` : `Year to date, ${year}`}
      note={`${formatCount(statements, "statement")} paid through ${formatDate(sums.through)}`}
    >
      {sums.figures.length === 0 && sums.contract.length === 0 ? (
        <p className="py-3 text-sm text-secondary">Nothing was paid in this time.</p>
      ) : (
        sums.figures.map((row) => <Figures key={row.currency} row={row} provider={provider} />)
      )}
      <Coverage sums={sums} provider={provider} />
    </Section>
  );
}

type Kind = "gross" | "net" | "taxes" | "unknownTaxes" | "deductions" | "contributions";

function Figures({ row, provider }: { row: YtdFigures; provider: string }) {
  const { without } = row;
  const currency = row.currency || null;
  const figure = (label: string, kind: Kind, missing: number, note?: string) => {
    const opening = row.opening?.[`${kind}Cents`] ?? 0n;
    const notes = [
      missing > 0 ? `${formatCount(missing, "amount")} not given by ${provider}` : note,
      opening === 0n ? null : `incl. ${formatMoney(opening, currency)} entered by your employer`,
    ].filter(Boolean);
    return (
      <Stat
        label={label}
        value={
          <Money amount={row[`${kind}Cents`] + opening} currency={currency} figure atLeast={missing > 0} />
        }
        {...(notes.length > 0 ? { note: notes.join(", ") } : {})}
      />
    );
  };
  const hasUnknown = row.unknownTaxesCents !== 0n || (row.opening?.unknownTaxesCents ?? 0n) !== 0n;
  return (
    <StatRow className="border-t-0">
      {figure("Gross pay", "gross", without.gross)}
      {figure("Taxes", "taxes", without.amounts)}
      {hasUnknown
        ? figure("Taxes, payer unknown", "unknownTaxes", without.amounts, "yours or the employer’s")
        : null}
      {figure("Deductions", "deductions", without.amounts)}
      {figure("Net pay", "net", without.net)}
      {figure("Employer contributions", "contributions", without.amounts, "on top of gross")}
      <Stat
        label="Hours"
        value={formatHours(row.hours)}
        {...(without.hours > 0 ? { note: `not given on ${formatCount(without.hours, "statement")}` } : {})}
      />
    </StatRow>
  );
}

/** What these sums are of, and what is in none of them. */
function Coverage({ sums, provider }: { sums: PersonYear; provider: string }) {
  const { firstPayDate, lastPayDate, since } = sums.coverage;
  const lines = [
    firstPayDate && lastPayDate
      ? `Pay dates ${formatDate(firstPayDate)} to ${formatDate(lastPayDate)}, as far as ${provider} has given them.`
      : null,
    since ? `Since ${formatDate(since)}: pay from before that day is not here.` : null,
    ...sums.contract.map(
      ({ currency, cents }) =>
        `${formatMoney(cents, currency || null)} were paid on 1099 lines: no wages, and in no figure here.`,
    ),
    sums.figures.some(({ opening }) => opening?.overlaps)
      ? "What your employer entered reaches into days of statements: something is counted twice."
      : null,
  ].filter(Boolean);
  return lines.length === 0 ? null : <p className="mt-2 text-xs text-secondary">{lines.join(" ")}</p>;
}
