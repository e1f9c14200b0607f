import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/components/ui/money";
import { Stat, StatRow } from "@/components/ui/stat-row";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdTotals } from "@/lib/domain/payroll/ytd/to-totals";
import type { YtdQuery, YtdSort } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatCount, formatMoney } from "@/lib/format/money";
import { notGiven } from "./figure-cells";
import { sinceWords } from "./since-words";
import { ytdHref } from "./ytd-url";

/** A share with one digit, without a float ever touching an amount. */
function share(part: bigint, whole: bigint): string | null {
  if (whole <= 0n || part < 0n) return null;
  const tenths = (part * 2000n + whole) / (2n * whole);
  return `${tenths / 10n}.${tenths % 10n}% of gross`;
}

const currencyWords = (currency: string) => (currency === "" ? "Currency not given" : currency.toUpperCase());

interface TotalsProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
  isPartial: boolean;
}

/** Leads to the list in the order of a measure. */
type HrefOf = (sort: YtdSort) => string;

/** Everybody's sums: a strip for the main currency, a table for the others. They are never added to each other. */
export function YtdTotalsStrip({ customerId, query, view, isPartial }: TotalsProps) {
  const [main, ...others] = view.totals;
  if (!main) return null;
  const since = sinceWords(view.units);
  // From a sum of everybody to the people who make it, from each of them to the lines.
  const hrefOf = (currency: string) => (sort: YtdSort) =>
    `${ytdHref(customerId, query, {
      ...{ definition: "gross", columns: "summary", search: "", incomplete: false },
      ...{ sort, descending: true, currency },
    })}#people`;
  return (
    <section aria-label="Totals of everybody" className="mb-6">
      <Strip totals={main} isPartial={isPartial} hrefOf={hrefOf(main.currency)} />
      {since ? (
        <p className="pt-2 text-sm text-secondary">
          {`Not the whole period: ${since}. Other pay of the period is not in these sums.`}
        </p>
      ) : null}
      {others.length > 0 ? <Others totals={others} isPartial={isPartial} hrefOf={hrefOf} /> : null}
    </section>
  );
}

interface StripProps {
  totals: YtdTotals;
  isPartial: boolean;
  hrefOf: HrefOf;
}

function Strip({ totals, isPartial, hrefOf }: StripProps) {
  const { currency, grossCents } = totals;
  const { without } = totals;
  const figure = (of: YtdSort, cents: bigint, missing: number) => (
    <ToPeople href={hrefOf(of)}>
      <Money amount={cents} currency={currency || null} atLeast={isPartial || missing > 0} figure />
    </ToPeople>
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
        value={figure("gross", grossCents, without.gross)}
        note={notes(
          without.gross,
          grossNotes.length > 0 ? grossNotes.join(", ") : formatCount(totals.statements, "statement"),
        )}
      />
      <Stat
        label="Taxes withheld"
        value={figure("taxes", totals.taxesCents, without.taxes)}
        note={notes(without.taxes, share(totals.taxesCents, grossCents))}
      />
      {totals.unknownTaxesCents === 0n && without.unknownTaxes === 0 ? null : (
        <Stat
          label="Taxes, payer unknown"
          value={figure("unknownTaxes", totals.unknownTaxesCents, without.unknownTaxes)}
          note={notes(without.unknownTaxes, "people’s or the employer’s")}
        />
      )}
      <Stat
        label="Deductions"
        value={figure("deductions", totals.deductionsCents, without.deductions)}
        note={notes(without.deductions, share(totals.deductionsCents, grossCents))}
      />
      <Stat
        label="Net"
        value={figure("net", totals.netCents, without.net)}
        note={notes(without.net, share(totals.netCents, grossCents))}
      />
      <Stat
        label="Employer taxes"
        value={figure("employerTaxes", totals.employerTaxesCents, without.employerTaxes)}
        note={notes(without.employerTaxes, "on top of gross")}
      />
      <Stat
        label="Contributions"
        value={figure("contributions", totals.contributionsCents, without.contributions)}
        note={notes(without.contributions, "on top of gross")}
      />
    </StatRow>
  );
}

function ToPeople({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      title="The people who make this sum, the most first"
      className="rounded-sm hover:text-accent hover:underline"
    >
      {children}
    </Link>
  );
}

interface OthersProps {
  totals: readonly YtdTotals[];
  isPartial: boolean;
  hrefOf: (currency: string) => HrefOf;
}

function Others({ totals, isPartial, hrefOf }: OthersProps) {
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
                <ToPeople href={hrefOf(each.currency)(of)}>
                  <Money
                    amount={each[`${of}Cents`]}
                    currency={each.currency || null}
                    symbol={false}
                    atLeast={isPartial || each.without[of] > 0}
                  />
                </ToPeople>
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
