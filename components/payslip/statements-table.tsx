import { Money } from "@/components/ui/money";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { None } from "@/components/ui/value";
import type { StatementRowView, StatementsView } from "@/lib/domain/payroll/statements/read-statements";
import { formatDate } from "@/lib/format/dates";
import { methodLabel, typeLabel } from "./payslip-words";

interface StatementsTableProps {
  view: StatementsView;
  hrefOf: (statement: { id: string; paymentId: string }) => string;
}

/** Pay statements of a year, newest first. */
export function StatementsTable({ view, hrefOf }: StatementsTableProps) {
  return (
    <Table label="Pay statements">
      <THead>
        <TR>
          <TH>Pay date</TH>
          <TH wide>Period</TH>
          <TH wide>Method</TH>
          <TH numeric wide>
            Gross
          </TH>
          <TH numeric>Net</TH>
        </TR>
      </THead>
      <TBody>
        {view.rows.map((row) => (
          <StatementRow key={row.id} row={row} href={hrefOf(row)} provider={view.provider} />
        ))}
      </TBody>
    </Table>
  );
}

function StatementRow({ row, href, provider }: { row: StatementRowView; href: string; provider: string }) {
  const { payDate, periodStart, periodEnd, type, paymentMethod, gross, net } = row;
  return (
    <TR>
      <TD rowHeader>
        <RowLink href={href}>{payDate === null ? "Undated" : formatDate(payDate)}</RowLink>
        <span className="ml-2 inline-flex gap-1 align-middle">
          {row.isScheduled ? <Tag>scheduled</Tag> : null}
          {row.isOff ? <Tag>does not add up</Tag> : null}
        </span>
        {type !== null && type !== "regular_payroll" ? <SubLine>{typeLabel(type)}</SubLine> : null}
      </TD>
      <TD wide>
        {periodStart && periodEnd ? (
          `${formatDate(periodStart)} – ${formatDate(periodEnd)}`
        ) : (
          <None provider={provider} />
        )}
      </TD>
      <TD wide>{paymentMethod ? methodLabel(paymentMethod) : <None provider={provider} />}</TD>
      <TD numeric wide>
        <Money amount={gross.amountCents} currency={gross.currency} provider={provider} />
      </TD>
      <TD numeric>
        <Money amount={net.amountCents} currency={net.currency} provider={provider} />
      </TD>
    </TR>
  );
}
