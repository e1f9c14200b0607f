import Link from "next/link";
import { Segmented } from "@/components/ui/segmented";
import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import type { YtdFigures } from "@/lib/domain/payroll/ytd/views";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatMoney } from "@/lib/format/money";
import { payTypeLabel } from "@/lib/format/pay-types";
import { notGiven } from "@/lib/format/total-figures";
import { measureWords } from "./drill-view";
import { centsOf, figureText } from "./figure-cells";
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
  /** What is entered, and what is not given. */
  note?: string | undefined;
}

const sums = [
  "gross",
  "taxes",
  "unknownTaxes",
  "deductions",
  "net",
  "employerTaxes",
  "contributions",
  "contract",
] as const;

function figuresOf(figures: YtdFigures, view: YtdPersonView, isPlan: boolean): Figure[] {
  const money = (cents: bigint) => formatMoney(cents, figures.currency || null, { symbol: false });
  const figure = (of: YtdMeasureName, label: string, type?: string | null): Figure => {
    const { text, sub } = figureText(view.row, figures, { of, type });
    return { of, ...(type === undefined ? {} : { type }), label, value: text ?? "none", note: sub };
  };
  const isShown = (of: (typeof sums)[number]) =>
    !["unknownTaxes", "contract"].includes(of) || centsOf(view.row, figures, { of }) !== 0n;
  const box1 = "estimate" in view.box1 && figures.currency === "usd" ? view.box1.estimate : null;
  return [
    ...(isPlan && figures.compensation ? [figure("compensation", "Plan compensation")] : []),
    ...sums.filter(isShown).map((of) => figure(of, measureWords[of])),
    ...(figures.earnings.length > 1
      ? figures.earnings.map(({ type }) =>
          figure("earnings", payTypeLabel("earning", type) ?? "Earnings without a type", type),
        )
      : []),
    figure("hours", "Hours"),
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
            note: notGiven(box1.withoutAmount) || undefined,
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
                  {figure.note ? <span className="block text-xs text-secondary">{figure.note}</span> : null}
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
