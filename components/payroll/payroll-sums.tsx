import { Disclosure } from "@/components/ui/disclosure";
import { Money } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat-row";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { CurrencySums, SumView } from "@/lib/domain/payroll/payments/to-payment-sums";
import { formatCount, formatNumber } from "@/lib/format/money";
import { LazyPayChart } from "./lazy-pay-chart";
import { barFigures, figureColors, figureNames, periodName, sayMoney, toPayBars } from "./pay-chart-data";
import { currencyName } from "./payment-words";

interface PayrollSumsProps {
  sums: readonly CurrencySums[];
  year: number | "all";
}

/** What was paid, by currency: totals, a drawing over time and the same as a table. */
export function PayrollSums({ sums, year }: PayrollSumsProps) {
  return (
    <>
      {sums.map((each) => (
        <CurrencyPart key={each.currency} sums={each} year={year} several={sums.length > 1} />
      ))}
    </>
  );
}

function CurrencyPart({
  sums,
  year,
  several,
}: {
  sums: CurrencySums;
  year: number | "all";
  several: boolean;
}) {
  const { currency, total, runs } = sums;
  const named = several || !currency ? `, ${currencyName(currency)}` : "";
  return (
    <>
      <StatRow>
        <Stat
          label={`Gross pay${named}`}
          value={<Total sum={total.gross} currency={currency} />}
          note={missingNote(total.gross) ?? `over ${formatCount(runs, "payment")}, 1099 pay included`}
        />
        <Stat
          label="Net pay"
          value={<Total sum={total.net} currency={currency} />}
          note={missingNote(total.net) ?? "to people"}
        />
        <Stat
          label="Employee taxes"
          value={<Total sum={total.employeeTaxes} currency={currency} />}
          note={missingNote(total.employeeTaxes) ?? "withheld"}
        />
        <Stat
          label="Employer taxes"
          value={<Total sum={total.employerTaxes} currency={currency} />}
          note={missingNote(total.employerTaxes) ?? "on top of gross"}
        />
        <Stat
          label="Company debit"
          value={<Total sum={total.companyDebit} currency={currency} />}
          note={missingNote(total.companyDebit) ?? "drawn from the bank"}
        />
      </StatRow>
      <MonthsChart sums={sums} by={year === "all" ? "year" : "month"} named={several} />
    </>
  );
}

interface MonthsChartProps {
  sums: CurrencySums;
  by: "month" | "year";
  /** Says the currency, where there are several. */
  named: boolean;
}

/** Gross, net and employer cost over time, drawn and as a table; nothing where there is a single period. */
export function MonthsChart({ sums, by, named }: MonthsChartProps) {
  const { currency, total, buckets } = sums;
  if (buckets.length < 2) return null;
  const name = named || !currency ? `, ${currencyName(currency)}` : "";
  return (
    <Section title={`Gross, net and employer cost by ${by}${name}`} aside={<ChartKeys />}>
      <div
        role="img"
        className="mt-3 overflow-hidden"
        aria-label={`Gross pay, net pay and employer cost by ${by} of the pay date${name}: gross ${sayMoney(total.gross, currency)} in all. The numbers are in the table below.`}
      >
        <LazyPayChart bars={toPayBars(sums)} />
      </div>
      <Numbers sums={sums} />
      <p className="mt-1 text-xs text-muted">
        By pay date, up to today, whole payments: pay on 1099 lines is included, which year to date holds
        apart from wages. Employer cost is gross pay and the employer&apos;s taxes; its contributions stand
        only on statements.
      </p>
    </Section>
  );
}

const missingNote = ({ missing }: SumView): string | null =>
  missing > 0 ? `at least: ${formatCount(missing, "payment")} without it` : null;

function Total({ sum, currency }: { sum: SumView; currency: string }) {
  return <Money amount={sum.cents} currency={currency || null} atLeast={sum.missing > 0} figure />;
}

function ChartKeys() {
  return (
    <span className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-secondary">
      {barFigures.map((figure) => (
        <span key={figure} className="inline-flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className="size-2 rounded-[2px]"
            style={{ background: figureColors[figure] }}
          />
          {figureNames[figure]}
        </span>
      ))}
    </span>
  );
}

function Numbers({ sums: { currency, buckets } }: { sums: CurrencySums }) {
  return (
    <Disclosure summary="The same as a table" className="mt-1">
      <Table label={`Pay over time, ${currencyName(currency)}`} density="compact">
        <THead>
          <TR>
            <TH>Pay date in</TH>
            <TH numeric wide>
              Payments
            </TH>
            <TH numeric>Gross</TH>
            <TH numeric>Net</TH>
            <TH numeric wide>
              Employer taxes
            </TH>
            <TH numeric>Employer cost</TH>
          </TR>
        </THead>
        <TBody>
          {buckets.map(({ period, sums, runs }) => (
            <TR key={period}>
              <TD rowHeader>{periodName(period).label}</TD>
              <TD numeric wide>
                {formatNumber(runs)}
              </TD>
              <TD numeric>{sayMoney(sums.gross, currency)}</TD>
              <TD numeric>{sayMoney(sums.net, currency)}</TD>
              <TD numeric wide>
                {sayMoney(sums.employerTaxes, currency)}
              </TD>
              <TD numeric>{sayMoney(sums.employerCost, currency)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Disclosure>
  );
}
