import { Tag } from "@/components/ui/tag";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { None } from "@/components/ui/value";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { AmountCell } from "./money-cell";
import { frequencyWords, groupWords, periodWords, shortDay } from "./payment-words";
import { StatementsState } from "./statements-state";

export interface PaymentsTableProps {
  customerId: string;
  label: string;
  rows: readonly PaymentView[];
  year: number | "all";
  /** Which columns say something here. */
  columns: { source: boolean; entity: boolean };
  sort?: { href: string; ascending: boolean };
  scrolls?: boolean;
}

/** Payments, one a row. On phones: date, group and gross; the rest is on the payment's own page. */
export function PaymentsTable({ customerId, label, rows, year, columns, sort, scrolls }: PaymentsTableProps) {
  const narrow = "max-xl:hidden";
  return (
    <Table
      label={label}
      density="relaxed"
      className="[&_td]:px-2 [&_th]:px-2"
      scrollClassName={scrolls ? "md:max-h-[max(360px,calc(100dvh-200px))] md:overflow-y-auto" : undefined}
    >
      <THead>
        <TR>
          <TH
            {...(sort
              ? {
                  sortHref: sort.href,
                  sorted: sort.ascending ? ("ascending" as const) : ("descending" as const),
                }
              : {})}
          >
            Pay date
          </TH>
          <TH wide>Period</TH>
          <TH wide>Pay group</TH>
          {columns.source || columns.entity ? <TH wide>From</TH> : null}
          <TH numeric wide className={narrow}>
            Debit date
          </TH>
          <TH numeric wide className="max-lg:hidden">
            People
          </TH>
          <TH numeric wide className={narrow}>
            Company debit
          </TH>
          <TH numeric>Gross</TH>
          <TH numeric wide className="max-lg:hidden">
            Employee taxes
          </TH>
          <TH numeric wide className="max-lg:hidden">
            Employer taxes
          </TH>
          <TH numeric wide>
            Net
          </TH>
          <TH wide>Statements</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((payment) => (
          <PaymentTableRow key={payment.id} {...{ customerId, payment, year, columns }} />
        ))}
      </TBody>
    </Table>
  );
}

type RowProps = Pick<PaymentsTableProps, "customerId" | "year" | "columns"> & { payment: PaymentView };

function PaymentTableRow({ customerId, payment, year, columns }: RowProps) {
  const { amounts, connection, payDate } = payment;
  const provider = connection.providerName;
  const narrow = "max-xl:hidden";
  const period = periodWords(payment.periodStart, payment.periodEnd);
  const group = groupWords(payment);
  return (
    <TR>
      <TD rowHeader>
        <RowLink href={paths.payrollPayment(customerId, payment.id)}>
          {payDate ? shortDay(payDate, year) : "No pay date"}
        </RowLink>
        <KindTag payment={payment} />
        <SubLine className="max-w-[168px] truncate md:hidden">{group ?? period}</SubLine>
      </TD>
      <TD wide className="text-secondary">
        {period ?? <None provider={provider} />}
      </TD>
      <TD wide className="max-w-[168px] truncate">
        {group ?? <None provider={provider} />}
        <SubLine>{frequencyWords(payment.frequencies)}</SubLine>
      </TD>
      {columns.source || columns.entity ? (
        <TD wide className="max-w-[140px] truncate text-secondary">
          {provider}
          {payment.entity ? <SubLine>{payment.entity.name ?? "unnamed entity"}</SubLine> : null}
        </TD>
      ) : null}
      <TD numeric wide className={`${narrow} text-secondary`}>
        {payment.debitDate ? shortDay(payment.debitDate, year) : <None provider={provider} />}
      </TD>
      <TD numeric wide className="max-lg:hidden">
        {payment.people === null ? <None provider={provider} /> : formatNumber(payment.people)}
      </TD>
      <TD numeric wide className={narrow}>
        <AmountCell amount={amounts.companyDebit} provider={provider} />
      </TD>
      <TD numeric>
        <AmountCell amount={amounts.gross} provider={provider} />
      </TD>
      <TD numeric wide className="max-lg:hidden">
        <AmountCell amount={amounts.employeeTaxes} provider={provider} />
      </TD>
      <TD numeric wide className="max-lg:hidden">
        <AmountCell amount={amounts.employerTaxes} provider={provider} />
      </TD>
      <TD numeric wide>
        <AmountCell amount={amounts.net} provider={provider} />
      </TD>
      <TD wide>
        <StatementsState payment={payment} />
      </TD>
    </TR>
  );
}

/** Off-cycle runs, and those of which nothing says what they are. Regular ones need no word. */
export function KindTag({ payment: { kind } }: { payment: Pick<PaymentView, "kind"> }) {
  if (kind === "regular") return null;
  return kind === "off_cycle" ? (
    <Tag className="ml-1.5 font-normal">off-cycle</Tag>
  ) : (
    <Tag kind="missing" className="ml-1.5 font-normal">
      kind not known
    </Tag>
  );
}
