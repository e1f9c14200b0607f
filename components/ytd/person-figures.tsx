import Link from "next/link";
import { Segmented } from "@/components/ui/segmented";
import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import type { YtdFigures } from "@/lib/domain/payroll/ytd/views";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatHours } from "@/lib/format/hours";
import { formatMoney } from "@/lib/format/money";
import { payTypeLabel } from "@/lib/format/pay-types";
import { measureWords } from "./drill-view";
import { drillHref } from "./ytd-url";

interface PersonFiguresProps {
  customerId: string;
  query: YtdQuery;
  view: YtdPersonView;
  type: string | null | undefined;
}

interface Figure {
  of: YtdMeasureName;
  type?: string | null;
  label: string;
  value: string;
}

function figuresOf(figures: YtdFigures, view: YtdPersonView, isPlan: boolean): Figure[] {
  const money = (cents: bigint) => formatMoney(cents, figures.currency || null, { symbol: false });
  const { compensation } = figures;
  const sums: [YtdMeasureName, bigint][] = [
    ["gross", figures.grossCents],
    ["taxes", figures.taxesCents],
    ["unknownTaxes", figures.unknownTaxesCents],
    ["deductions", figures.deductionsCents],
    ["net", figures.netCents],
    ["employerTaxes", figures.employerTaxesCents],
    ["contributions", figures.contributionsCents],
    ["contract", figures.contractCents],
  ];
  const box1 = "estimate" in view.box1 && figures.currency === "usd" ? view.box1.estimate : null;
  return [
    ...(isPlan && compensation
      ? [{ of: "compensation" as const, label: "Plan compensation", value: money(compensation.cents) }]
      : []),
    ...sums
      .filter(([of, cents]) => cents !== 0n || !["unknownTaxes", "contract"].includes(of))
      .map(([of, cents]) => ({ of, label: measureWords[of], value: money(cents) })),
    ...(figures.earnings.length > 1
      ? figures.earnings.map(({ type, amountCents }) => ({
          of: "earnings" as const,
          type,
          label: payTypeLabel("earning", type) ?? "Earnings without a type",
          value: money(amountCents),
        }))
      : []),
    { of: "hours", label: "Hours", value: formatHours(figures.hours) },
    { of: "statements", label: "Statements", value: String(figures.statements) },
    ...(box1
      ? [
          {
            of: "box1" as const,
            label: "Box 1 estimate",
            value:
              box1.lowCents === box1.highCents
                ? money(box1.lowCents)
                : `${money(box1.lowCents)} to ${money(box1.highCents)}`,
          },
        ]
      : []),
  ];
}

/** All figures of a person in one currency; the one whose lines are below is marked. */
export function PersonFigures({ customerId, query, view, type }: PersonFiguresProps) {
  const figures = view.row.figures.find(({ currency }) => currency === view.currency);
  const href = (of: YtdMeasureName, currency: string, kind?: string | null) =>
    drillHref(customerId, view.row.individualId, query, {
      of,
      currency,
      ...(kind === undefined ? {} : { type: kind }),
    });
  return (
    <section aria-label="Figures">
      {view.row.figures.length > 1 ? (
        <Segmented
          label="Currency"
          className="mb-3"
          value={view.currency}
          items={view.row.figures.map(({ currency }) => ({
            value: currency,
            label: currency === "" ? "Not given" : currency.toUpperCase(),
            href: href("gross", currency),
          }))}
        />
      ) : null}
      {figures ? (
        <ul className="grid grid-cols-2 border-y border-line-strong md:grid-cols-[repeat(auto-fill,minmax(168px,1fr))]">
          {figuresOf(figures, view, query.definition === "plan").map((figure) => {
            const isShown =
              figure.of === view.of && figure.type === (figure.of === "earnings" ? type : undefined);
            return (
              <li key={`${figure.of} ${figure.type ?? ""}`} className="border-b border-line last:border-b-0">
                <Link
                  href={href(figure.of, view.currency, figure.type)}
                  scroll={false}
                  prefetch={false}
                  aria-current={isShown ? "true" : undefined}
                  className="block rounded-sm px-3 py-2 hover:bg-surface-hover aria-[current]:bg-surface-selected"
                >
                  <span className="block text-xs text-muted">{figure.label}</span>
                  <span className="font-medium tabular-nums">{figure.value}</span>
                </Link>
              </li>
            );
          })}
        </ul>
      ) : (
        <p className="text-sm text-muted">Nothing in this currency.</p>
      )}
    </section>
  );
}
