import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Stat, StatRow } from "@/components/ui/stat-row";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdTotals } from "@/lib/domain/payroll/ytd/to-totals";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatDate } from "@/lib/format/dates";
import { formatCount, formatMoney } from "@/lib/format/money";
import { notGiven } from "./figure-cells";
import { ytdHref } from "./ytd-url";

/** A share with one digit, without a float ever touching an amount. */
function share(part: bigint, whole: bigint): string | null {
  if (whole <= 0n || part < 0n) return null;
  const tenths = (part * 2000n + whole) / (2n * whole);
  return `${tenths / 10n}.${tenths % 10n}% of gross`;
}

const currencyWords = (currency: string) => (currency === "" ? "Currency not given" : currency.toUpperCase());

/** Everybody's sums: a strip for the main currency, a table for the others. They are never added to each other. */
export function YtdTotalsStrip({ view, isPartial }: { view: YtdView; isPartial: boolean }) {
  const [main, ...others] = view.totals;
  if (!main) return null;
  return (
    <section aria-label="Totals of everybody" className="mb-6">
      <Strip totals={main} isPartial={isPartial} />
      {others.length > 0 ? <Others totals={others} isPartial={isPartial} /> : null}
    </section>
  );
}

function Strip({ totals, isPartial }: { totals: YtdTotals; isPartial: boolean }) {
  const { currency, grossCents } = totals;
  const { without } = totals;
  const figure = (cents: bigint, missing: number) => (
    <Money amount={cents} currency={currency || null} atLeast={isPartial || missing > 0} figure />
  );
  /** What is said of a figure, and that amounts of it are not given. */
  const notes = (missing: number, ...texts: (string | null)[]) =>
    [...texts, notGiven(missing)].filter(Boolean).join(", ");
  const entered = totals.openingGrossCents;
  const grossNotes = [
    totals.currency === "" ? "currency not given" : "",
    entered === null ? "" : `and ${formatMoney(entered, currency || null)} entered for before`,
    totals.contractCents === 0n
      ? ""
      : `without ${formatMoney(totals.contractCents, currency || null)} on 1099 lines`,
  ].filter(Boolean);
  return (
    <StatRow>
      <Stat
        label="Gross"
        value={figure(grossCents, without.gross)}
        note={notes(
          without.gross,
          grossNotes.length > 0 ? grossNotes.join(", ") : formatCount(totals.statements, "statement"),
        )}
      />
      <Stat
        label="Taxes withheld"
        value={figure(totals.taxesCents, without.taxes)}
        note={notes(
          without.taxes,
          totals.unknownTaxesCents === 0n
            ? share(totals.taxesCents, grossCents)
            : `and ${formatMoney(totals.unknownTaxesCents, currency || null)} whose payer is unknown`,
        )}
      />
      <Stat
        label="Deductions"
        value={figure(totals.deductionsCents, without.deductions)}
        note={notes(without.deductions, share(totals.deductionsCents, grossCents))}
      />
      <Stat
        label="Net"
        value={figure(totals.netCents, without.net)}
        note={notes(without.net, share(totals.netCents, grossCents))}
      />
      <Stat
        label="Employer taxes"
        value={figure(totals.employerTaxesCents, without.employerTaxes)}
        note={notes(without.employerTaxes, "on top of gross")}
      />
      <Stat
        label="Contributions"
        value={figure(totals.contributionsCents, without.contributions)}
        note={notes(without.contributions, "on top of gross")}
      />
    </StatRow>
  );
}

function Others({ totals, isPartial }: { totals: readonly YtdTotals[]; isPartial: boolean }) {
  return (
    <Table label="Other currencies" density="compact" className="mt-3">
      <THead>
        <TR>
          <TH>Other currencies</TH>
          <TH numeric>Gross</TH>
          <TH numeric wide>
            Taxes
          </TH>
          <TH numeric wide>
            Deductions
          </TH>
          <TH numeric>Net</TH>
          <TH numeric wide>
            Statements
          </TH>
        </TR>
      </THead>
      <TBody>
        {totals.map((each) => (
          <TR key={each.currency}>
            <TD rowHeader>{currencyWords(each.currency)}</TD>
            {(["gross", "taxes", "deductions", "net"] as const).map((of, at) => (
              <TD key={of} numeric wide={at === 1 || at === 2}>
                <Money
                  amount={each[`${of}Cents`]}
                  currency={each.currency || null}
                  symbol={false}
                  atLeast={isPartial || each.without[of] > 0}
                />
              </TD>
            ))}
            <TD numeric wide>
              {each.statements.toLocaleString("en-US")}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
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
      `${formatCount(statements, "statement")} of ${formatMoney(grossCents, currency || null)} gross ${from === to ? `on ${formatDate(from ?? "")}` : `from ${formatDate(from ?? "")} to ${formatDate(to ?? "")}`}`,
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
