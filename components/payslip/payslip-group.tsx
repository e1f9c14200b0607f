import { Fragment } from "react";
import { cn } from "@/components/ui/cn";
import { TextLink } from "@/components/ui/link";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { None } from "@/components/ui/value";
import type { PayslipLinks } from "./payslip-header";
import type { SheetGroup, SheetLine } from "./sheet";

interface PayslipGroupProps {
  group: SheetGroup;
  provider: string;
  links: PayslipLinks;
  /** This statement, to which no line links. */
  statementId: string;
}

/** On paper a row is as high as its text. */
export const printRows =
  "print:[--row-height:0px] print:text-xs print:[&_td]:py-px print:[&_th]:h-auto print:[&_th]:py-px";

/** Lines of one kind with this pay and the year, and their ruled total. */
export function PayslipGroup({ group, provider, links, statementId }: PayslipGroupProps) {
  const hasHours = group.key === "earnings";
  const hasYear = group.lines.some(({ year }) => year !== null);
  return (
    <section aria-label={group.title} className="min-w-0 break-inside-avoid">
      <h2 className="pb-2 print:pb-0.5 print:text-xs">
        {group.title}
        {group.note ? <span className="font-normal text-muted"> {group.note}</span> : null}
      </h2>
      <Table label={group.title} density="relaxed" className={printRows}>
        <THead>
          <TR>
            <TH>Line</TH>
            {hasHours ? (
              <TH numeric wide className="print:table-cell">
                Hours
              </TH>
            ) : null}
            <TH numeric>This pay</TH>
            {hasYear ? (
              <TH numeric wide className="print:table-cell">
                Year to date
              </TH>
            ) : null}
          </TR>
        </THead>
        <TBody>
          {group.lines.map((line) => (
            <TR key={line.key}>
              <TD rowHeader wrap className={line.isOnSlip ? undefined : "text-secondary"}>
                {line.label}
                <SubLine className="print:ml-1.5 print:inline">{line.sub}</SubLine>
                <Mark line={line} links={links} statementId={statementId} />
              </TD>
              {hasHours ? (
                <TD numeric wide className="print:table-cell">
                  {line.hours ?? (line.isOnSlip ? <None provider={provider} /> : null)}
                </TD>
              ) : null}
              <TD numeric>
                {line.amount ?? <None provider={provider} />}
                <YearOnPhone year={line.year} />
              </TD>
              {hasYear ? (
                <TD numeric wide className="text-muted print:table-cell">
                  {line.year}
                </TD>
              ) : null}
            </TR>
          ))}
        </TBody>
        <Totals group={group} hasHours={hasHours} hasYear={hasYear} />
      </Table>
    </section>
  );
}

/** Phones have no column for the year. */
function YearOnPhone({ year }: { year: string | null }) {
  if (year === null) return null;
  return <SubLine className="md:hidden print:hidden">{`year ${year}`}</SubLine>;
}

function Mark({
  line,
  links,
  statementId,
}: { line: SheetLine } & Pick<PayslipGroupProps, "links" | "statementId">) {
  if (!line.mark) return null;
  const { text, counterpart } = line.mark;
  const isElsewhere = counterpart.statementId !== statementId;
  return (
    <SubLine className="text-attention-text">
      {isElsewhere ? (
        <TextLink
          className="text-inherit"
          href={links.statement({ id: counterpart.statementId, paymentId: counterpart.paymentId })}
        >
          {text}
        </TextLink>
      ) : (
        text
      )}
    </SubLine>
  );
}

const ruled = "border-t border-t-ink border-b-[3px] border-b-ink border-double font-semibold";

function Totals({ group, hasHours, hasYear }: { group: SheetGroup; hasHours: boolean; hasYear: boolean }) {
  return (
    <tfoot>
      {group.totals.map(({ label, amount, year }) => (
        <Fragment key={`${label} ${amount}`}>
          <TR>
            <TD rowHeader wrap className={cn(ruled, "[border-top-style:solid]")}>
              {label}
            </TD>
            {hasHours ? <TD wide className={cn(ruled, "[border-top-style:solid] print:table-cell")} /> : null}
            <TD numeric className={cn(ruled, "[border-top-style:solid]")}>
              {amount}
              {hasYear ? <YearOnPhone year={year} /> : null}
            </TD>
            {hasYear ? (
              <TD numeric wide className={cn(ruled, "[border-top-style:solid] print:table-cell")}>
                {year}
              </TD>
            ) : null}
          </TR>
        </Fragment>
      ))}
    </tfoot>
  );
}
