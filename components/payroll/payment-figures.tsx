import { Money } from "@/components/ui/money";
import { Stat, StatRow } from "@/components/ui/stat-row";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";

/** The payment's own totals, as Finch's list of payments gives them. */
export function PaymentFigures({ payment }: { payment: PaymentView }) {
  const { amounts, connection, debitDate, people } = payment;
  const figure = (name: keyof typeof amounts) => (
    <Money
      amount={amounts[name]?.amountCents}
      currency={amounts[name]?.currency ?? null}
      provider={connection.providerName}
      figure
    />
  );
  return (
    <StatRow>
      <Stat
        label="Company debit"
        value={figure("companyDebit")}
        note={debitDate ? `on ${formatDate(debitDate)}` : "debit date not provided"}
      />
      <Stat
        label="Gross pay"
        value={figure("gross")}
        note={people === null ? "Finch names nobody on it" : `for ${formatCount(people, "person", "people")}`}
      />
      <Stat label="Employee taxes" value={figure("employeeTaxes")} note="withheld" />
      <Stat label="Employer taxes" value={figure("employerTaxes")} note="on top of gross" />
      <Stat label="Net pay" value={figure("net")} note="to people" />
    </StatRow>
  );
}
