import { Chip } from "@/components/ui/status-chip";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { stateLooks, stateMeans, statementsWords } from "./payment-words";

/** How much of a payment's statements is here: shape, word and number. */
export function StatementsState({ payment }: { payment: PaymentView }) {
  const { tone, shape, label } = stateLooks[payment.state];
  return (
    <span title={stateMeans[payment.state]} className="inline-flex flex-col items-start">
      <Chip tone={tone} shape={shape} plain>
        {label}
      </Chip>
      <span className="text-xs leading-[1.3] text-muted">{statementsWords(payment)}</span>
    </span>
  );
}
