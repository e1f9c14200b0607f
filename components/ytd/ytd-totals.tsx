import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/components/ui/money";
import { Stat, StatRow } from "@/components/ui/stat-row";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdTotals } from "@/lib/domain/payroll/ytd/to-totals";
import type { YtdQuery, YtdSort } from "@/lib/domain/payroll/ytd/ytd-query";
import { reachSentence } from "@/lib/format/coverage-words";
import { totalFigures, type TotalFigureName } from "@/lib/format/total-figures";
import { NoSum, TotalsTable } from "./totals-table";
import { ytdHref } from "./ytd-url";

const currencyWords = (currency: string) => (currency === "" ? "Currency not given" : currency.toUpperCase());

interface TotalsProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
  isPartial: boolean;
}

/** An amount that leads to the people who make it. */
type LinkOf = (totals: YtdTotals, of: TotalFigureName, amount: ReactNode) => ReactNode;

/** Figures by which no list is put in order. */
const unsorted = new Set<TotalFigureName>(["compensation", "uncapped", "box1Low", "box1High"]);
const isSort = (of: TotalFigureName): of is TotalFigureName & YtdSort => !unsorted.has(of);

/** Everybody's sums of what the definition counts: a strip for the main currency, a table for the others. */
export function YtdTotalsStrip({ customerId, query, view, isPartial }: TotalsProps) {
  const [main, ...others] = view.totals;
  if (!main) return null;
  const reach = reachSentence(view.units);
  // From a sum of everybody to the people who make it, from each of them to the lines.
  const link: LinkOf = ({ currency }, of, amount) => {
    const order = isSort(of)
      ? ({ definition: "gross", columns: "summary", sort: of, descending: true } as const)
      : {};
    const href = ytdHref(customerId, query, { ...order, search: "", incomplete: false, currency });
    return <ToPeople href={`${href}#people`}>{amount}</ToPeople>;
  };
  return (
    <section aria-label="Totals of everybody" className="mb-6">
      <Strip totals={main} definition={query.definition} isPartial={isPartial} link={link} />
      {reach ? <p className="pt-2 text-sm text-secondary">{reach}</p> : null}
      <TotalsTable
        label="Other currencies"
        head="Other currencies"
        definition={query.definition}
        rows={others.map((totals) => ({
          key: totals.currency,
          header: currencyWords(totals.currency),
          totals,
        }))}
        {...{ isPartial, link }}
        symbol={false}
        className="mt-3"
      />
    </section>
  );
}

/** What stands there where estimates are not added up, or not yet, and why. */
export function withoutSum(view: YtdView, reason: string): YtdView {
  const wait = (totals: YtdTotals): YtdTotals =>
    totals.box1?.kind === "none" ? { ...totals, box1: { kind: "none", reason } } : totals;
  return {
    ...view,
    totals: view.totals.map(wait),
    byEin: view.byEin.map((own) => ({ ...own, totals: own.totals.map(wait) })),
  };
}

interface StripProps {
  totals: YtdTotals;
  definition: YtdQuery["definition"];
  isPartial: boolean;
  link: LinkOf;
}

function Strip({ totals, definition, isPartial, link }: StripProps) {
  return (
    <StatRow>
      {totalFigures(definition, totals).map(({ of, label, cents, missing, canBeMore, notes }) => (
        <Stat
          key={of}
          label={label}
          value={
            cents === null ? (
              <NoSum reason="" />
            ) : (
              link(
                totals,
                of,
                <Money
                  amount={cents}
                  currency={totals.currency || null}
                  atLeast={canBeMore && (isPartial || missing > 0)}
                  figure
                />,
              )
            )
          }
          note={notes.join(", ")}
        />
      ))}
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
