import { Copyable } from "@/components/ui/copyable";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { None } from "@/components/ui/value";
import type { PaymentDetailView } from "@/lib/domain/payroll/payments/get-payment";
import { formatDate } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { frequencyWords, groupWords, periodWords } from "./payment-words";
import { StatementsState } from "./statements-state";

/** Where a payment comes from and how it is dated. */
export function PaymentFacts({ customerId, view }: { customerId: string; view: PaymentDetailView }) {
  const { payment, source, now, timeZone: zone, statementsFetchedAt } = view;
  const none = <None provider={source.providerName} />;
  return (
    <Section title="Facts">
      <DefinitionList>
        <Definition term="Pay date">{payment.payDate ? formatDate(payment.payDate) : none}</Definition>
        <Definition term="Period">{periodWords(payment.periodStart, payment.periodEnd) ?? none}</Definition>
        <Definition term="Debit date">{payment.debitDate ? formatDate(payment.debitDate) : none}</Definition>
        <Definition term="Pay group">{groupWords(payment) ?? none}</Definition>
        <Definition term="Frequency">{frequencyWords(payment.frequencies) ?? none}</Definition>
        <Definition term="From">
          <TextLink href={paths.connection(customerId, source.id)} quiet>
            {source.providerName}
          </TextLink>
        </Definition>
        {payment.entity ? (
          <Definition term="Entity">{payment.entity.name ?? "unnamed entity"}</Definition>
        ) : null}
        <Definition term="Statements">
          <span className="inline-flex justify-end text-right">
            <StatementsState payment={payment} />
          </span>
        </Definition>
        <Definition term="Read to the end">
          {statementsFetchedAt ? (
            <RelativeTime value={statementsFetchedAt} now={now} zone={zone} />
          ) : (
            "not yet"
          )}
        </Definition>
        <Definition term="Finch payment">
          <Copyable value={view.finchPaymentId} label="Finch payment" short />
        </Definition>
      </DefinitionList>
    </Section>
  );
}
