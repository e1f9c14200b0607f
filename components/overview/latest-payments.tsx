import { AmountCell } from "@/components/payroll/money-cell";
import { groupWords, periodWords, shortDay } from "@/components/payroll/payment-words";
import { KindTag } from "@/components/payroll/payments-table";
import { StatementsState } from "@/components/payroll/statements-state";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { paths } from "@/lib/paths";

interface LatestPaymentsProps {
  customerId: string;
  payments: readonly PaymentView[];
  today: string;
}

/** The last few payments, and how much of each is here. */
export function LatestPayments({ customerId, payments, today }: LatestPaymentsProps) {
  const year = Number(today.slice(0, 4));
  return (
    <Section
      title="Latest payments"
      aside={
        <TextLink href={paths.payroll(customerId)} quiet>
          All payments
        </TextLink>
      }
    >
      <Table label="Latest payments" density="relaxed" className="[&_td]:px-2 [&_th]:px-2">
        <THead>
          <TR>
            <TH>Pay date</TH>
            <TH wide>Pay group</TH>
            <TH numeric>Gross</TH>
            <TH numeric wide>
              Net
            </TH>
            <TH wide>Statements</TH>
          </TR>
        </THead>
        <TBody>
          {payments.map((payment) => (
            <TR key={payment.id}>
              <TD rowHeader>
                <RowLink href={paths.payrollPayment(customerId, payment.id)}>
                  {payment.payDate ? shortDay(payment.payDate, year) : "No pay date"}
                </RowLink>
                <KindTag payment={payment} />
                <SubLine>{periodWords(payment.periodStart, payment.periodEnd)}</SubLine>
              </TD>
              <TD wide className="max-w-[150px] truncate">
                {groupWords(payment) ?? <span className="text-muted">no pay group</span>}
                <SubLine>{payment.connection.providerName}</SubLine>
              </TD>
              <TD numeric>
                <AmountCell amount={payment.amounts.gross} provider={payment.connection.providerName} />
              </TD>
              <TD numeric wide>
                <AmountCell amount={payment.amounts.net} provider={payment.connection.providerName} />
              </TD>
              <TD wide>
                <StatementsState payment={payment} />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
