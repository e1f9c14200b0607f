import type { ReactNode } from "react";
import { Copyable } from "@/components/ui/copyable";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { StatusShape, type ShapeName } from "@/components/ui/status-shape";
import { None } from "@/components/ui/value";
import type { PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import type { PayslipLinks } from "./payslip-header";
import type { Sheet } from "./sheet";
import type { SheetCheck } from "./sheet-checks";

interface RailProps {
  view: PayslipView;
  sheet: Sheet;
}

export function PayslipFacts({ view, sheet }: RailProps) {
  return (
    <Section title="Payment" className="print:hidden">
      <DefinitionList>
        {sheet.facts.map(({ term, value }) => (
          <Definition key={term} term={term}>
            {value ?? <None provider={view.provider} />}
          </Definition>
        ))}
      </DefinitionList>
    </Section>
  );
}

/** Gross and net so far this year; on phones the only place for them. */
export function PayslipYear({ view, sheet }: RailProps) {
  if (!view.year || sheet.yearTotals.length === 0) return null;
  const { statements, through } = view.year;
  return (
    <Section
      title="Year to date"
      note={`${formatCount(statements, "statement")} through ${formatDate(through)}`}
      className="print:text-xs print:[&_dl]:grid print:[&_dl]:grid-cols-2 print:[&_dl]:gap-x-8 print:[&_h2]:text-xs"
    >
      <DefinitionList>
        {sheet.yearTotals.map(({ label, year }) => (
          <Definition key={label} term={label}>
            <span className="tabular-nums">
              {year}
              {sheet.currency ? ` ${sheet.currency}` : null}
            </span>
          </Definition>
        ))}
      </DefinitionList>
    </Section>
  );
}

const shapes: Record<SheetCheck["tone"], ShapeName> = {
  healthy: "check",
  attention: "diamond",
  failing: "octagon",
  neutral: "dashed",
};

/** `remedies`: what can be done about a check, by its key. */
export function PayslipChecks({
  sheet,
  remedies = {},
}: {
  sheet: Sheet;
  remedies?: Record<string, ReactNode>;
}) {
  return (
    <Section title="Checks we made" className="print:[&_h2]:text-xs">
      <ul className="grid gap-[9px] py-3 text-sm leading-[1.4] print:gap-0.5 print:py-1 print:text-xs">
        {sheet.checks.map(({ key, tone, text }) => (
          <li key={key} data-tone={tone} className="grid grid-cols-[14px_minmax(0,1fr)] gap-[9px]">
            <StatusShape shape={shapes[tone]} className="mt-0.5 size-3.5 text-tone-text" />
            <span>
              {text} {remedies[key]}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function PayslipOrigin({ view }: { view: PayslipView }) {
  const { asOf, now, timeZone, provider, payment } = view;
  return (
    <Section title="Where it comes from" className="print:[&_h2]:text-xs">
      <p className="py-2 text-sm text-secondary print:py-1 print:text-xs">
        {asOf ? (
          <RelativeTime value={asOf} now={now} zone={timeZone} prefix="as of " />
        ) : (
          "not read completely yet"
        )}
        , from {provider}
      </p>
      <div className="print:hidden">
        {payment ? (
          <DefinitionList>
            <Definition term="Finch payment">
              <Copyable value={payment.finchPaymentId} label="Finch payment id" short />
            </Definition>
          </DefinitionList>
        ) : null}
      </div>
    </Section>
  );
}

/** The statements beside this one in the same payment, by name. */
export function PaymentNeighbours({ view, links }: { view: PayslipView; links: PayslipLinks }) {
  const { payment } = view;
  if (!payment || payment.count < 2) return null;
  const { before, after, place, count } = payment;
  return (
    <nav aria-label="Statements of this payment" className="print:hidden">
      <Section
        title="In this payment"
        note={`${place.toLocaleString("en-US")} of ${count.toLocaleString("en-US")}`}
      >
        <DefinitionList>
          {before ? (
            <Definition term="Before">
              <TextLink href={links.statement(before)}>{before.name ?? "Previous person"}</TextLink>
            </Definition>
          ) : null}
          {after ? (
            <Definition term="After">
              <TextLink href={links.statement(after)}>{after.name ?? "Next person"}</TextLink>
            </Definition>
          ) : null}
        </DefinitionList>
      </Section>
    </nav>
  );
}
