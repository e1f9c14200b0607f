import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Section, Sections, Split } from "@/components/ui/section";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { GroupKey, PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { PayslipEquation, PayslipShares } from "./payslip-equation";
import { PayslipGroup, printRows } from "./payslip-group";
import { PayslipHeader, type PayslipLinks } from "./payslip-header";
import { PaymentNeighbours, PayslipChecks, PayslipFacts, PayslipOrigin, PayslipYear } from "./payslip-rail";
import { toSheet, type Sheet } from "./sheet";

interface PayslipProps {
  view: PayslipView;
  links: PayslipLinks;
  /** What can be done about a check, by its key. */
  remedies?: Record<string, ReactNode>;
}

const columns: readonly (readonly GroupKey[])[] = [
  ["taxes", "unknown_taxes"],
  ["pre_tax", "post_tax", "unknown_deductions"],
];
const employers: readonly (readonly GroupKey[])[] = [["employer_taxes"], ["contributions"]];

/** A pay statement as people know a payslip: on the screen, and printed on one page. */
export function Payslip({ view, links, remedies }: PayslipProps) {
  const sheet = toSheet(view);
  const groups = (keys: readonly GroupKey[]) =>
    sheet.groups
      .filter(({ key }) => keys.includes(key))
      .map((group) => (
        <PayslipGroup
          key={group.key}
          group={group}
          provider={view.provider}
          links={links}
          statementId={view.id}
        />
      ));
  return (
    <article aria-label={`Pay statement of ${sheet.name}`} className="print:[zoom:0.87]">
      <PayslipHeader view={view} sheet={sheet} links={links} />
      {sheet.notes.map(({ key, tone, title, means }) => (
        <Banner key={key} tone={tone} title={title} means={means} className="mb-4 print:mb-2 print:py-1" />
      ))}
      <PaperFacts sheet={sheet} />
      <PayslipEquation sheet={sheet} provider={view.provider} />
      <PayslipShares sheet={sheet} />
      <Split
        className="mt-[26px] print:mt-2 print:block print:[&>*+*]:mt-2 print:[&>*]:gap-2"
        rail={
          <>
            <PayslipFacts view={view} sheet={sheet} />
            <PayslipYear view={view} sheet={sheet} />
            <PayslipChecks sheet={sheet} {...(remedies ? { remedies } : {})} />
            <PayslipOrigin view={view} />
            <PaymentNeighbours view={view} links={links} />
          </>
        }
      >
        <Sections className="gap-[26px] print:gap-2">
          {groups(["earnings"])}
          <Columns columns={columns.map(groups)} />
          <Columns columns={employers.map(groups)} />
          <Absent sheet={sheet} provider={view.provider} />
          <RunningSum sheet={sheet} />
        </Sections>
      </Split>
    </article>
  );
}

/** Side by side where there is room and both have something. */
function Columns({ columns: all }: { columns: ReactNode[][] }) {
  const filled = all.filter((column) => column.length > 0);
  if (filled.length === 0) return null;
  return (
    <div
      className={
        filled.length > 1
          ? "grid items-start gap-8 sm:grid-cols-2 print:grid-cols-2 print:gap-4"
          : "grid gap-8 print:gap-2"
      }
    >
      {filled.map((column, at) => (
        <div key={at} className="grid min-w-0 gap-[26px] print:gap-2">
          {column}
        </div>
      ))}
    </div>
  );
}

/** On paper the facts of the rail stand in one strip above the sum. */
function PaperFacts({ sheet }: { sheet: Sheet }) {
  return (
    <dl className="mb-2 hidden grid-cols-4 gap-x-4 gap-y-1 text-xs print:grid">
      {sheet.facts.map(({ term, value }) => (
        <div key={term}>
          <dt className="text-muted">{term}</dt>
          <dd className="font-medium">{value ?? "none"}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Lists that are empty and lists that are not given are two things. */
function Absent({ sheet, provider }: { sheet: Sheet; provider: string }) {
  if (sheet.absent.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm text-secondary print:text-xs">
      {sheet.absent.map(({ title, isNull }) => (
        <li key={title}>
          <span className="font-medium text-ink">{title}:</span>{" "}
          {isNull
            ? `${provider} gives no list of them`
            : `${provider} says that there are none on this statement`}
        </li>
      ))}
    </ul>
  );
}

function RunningSum({ sheet }: { sheet: Sheet }) {
  if (sheet.running.length === 0) return null;
  return (
    <Section
      title="Gross to net, step by step"
      {...(sheet.currency ? { note: `all amounts in ${sheet.currency}` } : {})}
      className="break-inside-avoid print:[&_h2]:text-xs"
    >
      <Table label="Gross to net" density="compact" className={printRows}>
        <THead>
          <TR>
            <TH>Step</TH>
            <TH numeric>Amount</TH>
            <TH numeric>Running sum</TH>
          </TR>
        </THead>
        <TBody>
          {sheet.running.map(({ label, amount, running, isNet }) => (
            <TR key={label} className={isNet ? "*:font-semibold" : undefined}>
              <TD rowHeader wrap>
                {label}
              </TD>
              <TD numeric>{isNet ? "" : amount}</TD>
              <TD numeric>{running}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
