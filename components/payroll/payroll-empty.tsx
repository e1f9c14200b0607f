import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import type { ConnectionView } from "@/lib/domain/connections/views";
import type { PaymentsView } from "@/lib/domain/payroll/payments/list-payments";
import type { PaymentsQuery } from "@/lib/domain/payroll/payments/payments-query";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { paymentsProgress } from "./payments-progress";
import { hasPaymentsFilter, paymentsSearch, withoutPaymentsFilter } from "./payments-url";

interface PayrollEmptyProps {
  customerId: string;
  connections: readonly ConnectionView[];
  mayConnect: boolean;
}

/** Not a single payment yet: what stands in the way, for who may do something about it. */
export function NoPayments({ customerId, connections, mayConnect }: PayrollEmptyProps) {
  const able = connections.filter(({ products }) => products.includes("payment"));
  if (connections.length === 0) {
    return (
      <EmptyState
        title="No payroll is connected"
        action={
          mayConnect ? (
            <LinkButton href={paths.connections(customerId)} variant="primary">
              Connect payroll
            </LinkButton>
          ) : null
        }
      >
        Payments appear here by themselves once a provider is connected.
      </EmptyState>
    );
  }
  const waits = able.some((connection) => paymentsProgress(connection) !== null);
  return (
    <EmptyState title={waits ? "Payments are not here yet" : "No payments arrived yet"}>
      {able.map((connection) => (
        <span key={connection.id} className="mt-1 block">
          {paymentsProgress(connection) ?? `${connection.providerName} was read and gave no payment.`}{" "}
          <TextLink href={paths.connection(customerId, connection.id)}>See the connection</TextLink>
        </span>
      ))}
      {able.length === 0 ? "No connection shares payments." : null}
    </EmptyState>
  );
}

/** Connections whose payments are not all here, beside those that are: one line each. */
export function StillToCome({ customerId, connections }: Omit<PayrollEmptyProps, "mayConnect">) {
  const waiting = connections.flatMap((connection) => {
    const words = paymentsProgress(connection);
    return words ? [{ id: connection.id, words }] : [];
  });
  if (waiting.length === 0) return null;
  return (
    <Banner
      tone="waiting"
      title="Not every payment is here yet"
      means="Sums and year-to-date wages lack what is still to come."
      className="mb-5"
    >
      <ul className="mt-1">
        {waiting.map(({ id, words }) => (
          <li key={id}>
            {words} <TextLink href={paths.connection(customerId, id)}>See the connection</TextLink>
          </li>
        ))}
      </ul>
    </Banner>
  );
}

interface NoMatchProps {
  customerId: string;
  view: Pick<PaymentsView, "total" | "year">;
  query: PaymentsQuery;
}

/** Nothing was paid that matches: how many payments there are, and the way back. */
export function NoMatch({ customerId, view, query }: NoMatchProps) {
  const here = paths.payroll(customerId);
  const narrowed = hasPaymentsFilter(query);
  return (
    <EmptyState
      art="none"
      title={narrowed ? "No payment matches these filters" : `Nothing was paid in ${view.year}`}
      action={
        <LinkButton
          href={
            here +
            paymentsSearch(narrowed ? withoutPaymentsFilter(query) : query, narrowed ? {} : { year: "all" })
          }
        >
          {narrowed ? "Clear the filters" : "Show all years"}
        </LinkButton>
      }
    >
      {formatCount(view.total, "payment")} of all years {view.total === 1 ? "is" : "are"} here.
    </EmptyState>
  );
}
