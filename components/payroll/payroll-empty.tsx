import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import type { PaymentsView } from "@/lib/domain/payroll/payments/list-payments";
import type { PaymentsQuery } from "@/lib/domain/payroll/payments/payments-query";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { hasPaymentsFilter, paymentsSearch, withoutPaymentsFilter } from "./payments-url";

interface PayrollEmptyProps {
  customerId: string;
  view: Pick<PaymentsView, "sources">;
  mayConnect: boolean;
}

/** Not a single payment yet: what stands in the way, for who may do something about it. */
export function NoPayments({ customerId, view, mayConnect }: PayrollEmptyProps) {
  const able = view.sources.filter(({ payments }) => payments);
  if (view.sources.length === 0) {
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
  return (
    <EmptyState
      title={able.some(({ asOf }) => asOf === null) ? "Payments are on their way" : "No payments arrived yet"}
    >
      {able.map(({ id, providerName, asOf }) => (
        <span key={id} className="mt-1 block">
          <TextLink href={paths.connection(customerId, id)} quiet>
            {providerName}
          </TextLink>{" "}
          {asOf
            ? "was read and gave no payment."
            : "is being read for the first time; payments come after people."}
        </span>
      ))}
      {able.length === 0 ? "No connection shares payments." : null}
    </EmptyState>
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
