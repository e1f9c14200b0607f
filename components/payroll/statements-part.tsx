import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import type { PaymentDetailView } from "@/lib/domain/payroll/payments/get-payment";
import type { AwaitedView } from "@/lib/domain/payroll/payments/list-awaited-statements";
import type { StatementsView } from "@/lib/domain/payroll/payments/list-statements";
import { statementsPageSize } from "@/lib/format/pay-choices";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { AwaitedTable } from "./awaited-table";
import { stateMeans } from "./payment-words";
import { StatementsFilters } from "./statements-filters";
import { StatementsTable } from "./statements-table";
import {
  hasStatementsFilter,
  statementsSearch,
  withoutStatementsFilter,
  type StatementsAddress,
} from "./statements-url";

interface StatementsPartProps {
  customerId: string;
  view: PaymentDetailView;
  address: StatementsAddress;
  /** Which of the two is shown. */
  statements: StatementsView | null;
  awaited: AwaitedView | null;
}

/** The statements of a payment, or the people of whom none is here: a page of either, with search and filters. */
export function StatementsPart(props: StatementsPartProps) {
  const { customerId, view, address, statements, awaited } = props;
  return (
    <Section title="Pay statements" note={formatCount(view.here, "statement")} className="scroll-mt-16">
      <div className="pt-3">
        <StatementsFilters {...{ customerId, address, view }} />
        {statements ? <Statements {...props} statements={statements} /> : null}
        {awaited ? <Awaited {...props} awaited={awaited} /> : null}
      </div>
    </Section>
  );
}

function Statements({
  customerId,
  view,
  address,
  statements,
}: StatementsPartProps & { statements: StatementsView }) {
  const { payment, source } = view;
  const here = paths.payrollPayment(customerId, payment.id);
  const turn = (place: Partial<StatementsAddress["query"]>) => here + statementsSearch(address, place);
  if (statements.matching === 0) return <NoStatements {...{ customerId, view, address }} />;
  const { from, to, matching, previous, next } = statements;
  return (
    <>
      <StatementsTable
        {...{ customerId, address }}
        paymentId={payment.id}
        rows={statements.rows}
        provider={source.providerName}
      />
      <Pagination
        label="pay statements"
        inPlace
        summary={`${formatNumber(from)} to ${formatNumber(to)} of ${formatNumber(matching)}${hasStatementsFilter(address) ? " that match" : ""}`}
        previousHref={previous && turn(previous)}
        nextHref={next && turn(next)}
      >
        {matching > 2 * statementsPageSize && next ? (
          <TextLink href={turn({ before: "end" })} scroll={false} quiet>
            Last page
          </TextLink>
        ) : null}
      </Pagination>
    </>
  );
}

function NoStatements({
  customerId,
  view,
  address,
}: Pick<StatementsPartProps, "customerId" | "view" | "address">) {
  const here = paths.payrollPayment(customerId, view.payment.id);
  if (view.here > 0) {
    return (
      <EmptyState
        art="none"
        headingLevel={3}
        title="No statement matches"
        action={
          <LinkButton href={here + statementsSearch(address, withoutStatementsFilter)}>
            Clear the search
          </LinkButton>
        }
      >
        {formatCount(view.here, "statement")} of this payment {view.here === 1 ? "is" : "are"} here.
      </EmptyState>
    );
  }
  return (
    <EmptyState headingLevel={3} title="No statement of this payment is here">
      {view.problem?.happened ?? stateMeans[view.payment.state]}
    </EmptyState>
  );
}

function Awaited({ customerId, view, address, awaited }: StatementsPartProps & { awaited: AwaitedView }) {
  const here = paths.payrollPayment(customerId, view.payment.id);
  if (awaited.people.length === 0) {
    return (
      <EmptyState art="none" headingLevel={3} title="Nobody is missing here">
        {view.awaited > 0
          ? "Nobody of those without a statement matches the search."
          : "Everybody whom Finch names on this payment has a statement."}
      </EmptyState>
    );
  }
  return (
    <>
      <AwaitedTable customerId={customerId} people={awaited.people} state={view.payment.state} />
      <Pagination
        label="people without a statement"
        inPlace
        summary={`${formatNumber(awaited.people.length)} of ${formatCount(awaited.matching, "person", "people")}`}
        previousHref={address.awaitedAfter ? here + statementsSearch(address, {}, { show: "awaited" }) : null}
        nextHref={
          awaited.next
            ? here + statementsSearch(address, {}, { show: "awaited", awaitedAfter: awaited.next })
            : null
        }
      />
    </>
  );
}
