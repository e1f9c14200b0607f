import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import type { PaymentDetailView } from "@/lib/domain/payroll/payments/get-payment";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { stateLooks, stateMeans } from "./payment-words";

interface PaymentStatusProps {
  customerId: string;
  view: PaymentDetailView;
  /** Where the people of whom none is here are named. */
  awaitedHref: string;
}

/** What is missing of a payment's statements, why, and what helps; nothing where all are here. */
export function PaymentStatus({ customerId, view, awaitedHref }: PaymentStatusProps) {
  const { payment, problem, awaited, source } = view;
  if (payment.state === "complete" && awaited === 0) return null;
  const { tone, shape } = stateLooks[payment.state === "complete" ? "partial" : payment.state];
  const lacking = awaited > 0 ? formatCount(awaited, "person has", "people have") : null;
  return (
    <Banner
      tone={tone}
      shape={shape}
      title={
        lacking
          ? `${lacking} no statement of this payment here`
          : `The statements of this payment: ${stateLooks[payment.state].label.toLowerCase()}`
      }
      means={means(view)}
      todo={problem?.todo ?? todo(view)}
      code={problem?.code ? `Finch's word: ${problem.code}` : undefined}
      actions={
        <>
          {awaited > 0 ? <LinkButton href={awaitedHref}>See who</LinkButton> : null}
          <LinkButton href={paths.connection(customerId, source.id)}>See the connection</LinkButton>
        </>
      }
      className="mb-5"
    />
  );
}

function means({ payment, problem, source }: PaymentDetailView): string {
  if (payment.state === "complete") {
    return `Finch names them on the payment and gave no statement for them. Year-to-date wages have nothing of this payment for them.`;
  }
  const then = "Year-to-date wages lack what is not here.";
  if (problem) return `${problem.happened} ${then}`;
  if (!source.statements) return `The connection may not read pay statements. ${then}`;
  return `${stateMeans[payment.state]} ${then}`;
}

function todo({ payment, source }: PaymentDetailView): string {
  if (!source.statements) return "Reconnect and allow pay statements.";
  if (payment.state === "complete") return `Look at the payment in ${source.providerName}.`;
  if (payment.state === "held") return "Look at what is held on the connection's page, and decide.";
  return "Nothing now; each sync asks again.";
}
