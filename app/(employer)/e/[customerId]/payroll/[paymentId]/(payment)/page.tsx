import type { Metadata } from "next";
import { Suspense } from "react";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PaymentChecks, PaymentChecksSkeleton } from "@/components/payroll/payment-checks";
import { PaymentFacts } from "@/components/payroll/payment-facts";
import { PaymentFigures } from "@/components/payroll/payment-figures";
import { PaymentStatus } from "@/components/payroll/payment-status";
import { paymentTitle, periodWords } from "@/components/payroll/payment-words";
import { KindTag } from "@/components/payroll/payments-table";
import type { SearchParams } from "@/components/payroll/payments-url";
import { PayrollSources } from "@/components/payroll/payroll-sources";
import { RunChange } from "@/components/payroll/run-change";
import { StatementsPart } from "@/components/payroll/statements-part";
import {
  readStatementsAddress,
  statementsSearch,
  type StatementsAddress,
} from "@/components/payroll/statements-url";
import { NothingLegend } from "@/components/ui/legend";
import { PageHeader } from "@/components/ui/page-header";
import { Split } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import type { CustomerContext } from "@/lib/domain/context";
import { selectionOf } from "@/lib/domain/export/selection";
import { getPayment, type PaymentDetailView } from "@/lib/domain/payroll/payments/get-payment";
import { getPaymentChecks } from "@/lib/domain/payroll/payments/get-payment-checks";
import { listAwaitedStatements } from "@/lib/domain/payroll/payments/list-awaited-statements";
import { listStatements } from "@/lib/domain/payroll/payments/list-statements";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../../exports";

export const metadata: Metadata = { title: "Payment" };

interface PaymentPageProps {
  params: Promise<{ customerId: string; paymentId: string }>;
  searchParams: Promise<SearchParams>;
}

/** One payment: its totals checked, its statements, who is missing. */
export default async function PaymentPage({ params, searchParams }: PaymentPageProps) {
  const { customerId, paymentId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const address = readStatementsAddress(await searchParams);
  const view = await orNotFound(getPayment(ctx, { paymentId }));
  const { payment, source } = view;
  const [statements, awaited] = await Promise.all([
    address.show === "statements" ? orNotFound(listStatements(ctx, { ...address.query, paymentId })) : null,
    address.show === "awaited"
      ? orNotFound(
          listAwaitedStatements(ctx, {
            paymentId,
            search: address.query.search,
            after: address.awaitedAfter,
          }),
        )
      : null,
  ]);
  const awaitedHref =
    paths.payrollPayment(customerId, paymentId) + statementsSearch(address, {}, { show: "awaited" });
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Payroll", href: paths.payroll(customerId) },
          { label: paymentTitle(payment) },
        ]}
      />
      <PageHeader
        title={paymentTitle(payment)}
        status={
          <>
            {payment.payDate && payment.payDate > view.today ? (
              <Chip tone="waiting" shape="clock">
                Scheduled
              </Chip>
            ) : null}
            <KindTag payment={payment} />
          </>
        }
        description={<Description view={view} />}
        actions={
          <Exports ctx={ctx} zone={view.timeZone} tables={[tableOf(customerId, paymentId, address)]} />
        }
      />
      <PaymentStatus {...{ customerId, view, awaitedHref }} />
      <Split
        rail={
          <>
            <PaymentFacts customerId={customerId} view={view} />
            {view.change ? (
              <RunChange customerId={customerId} change={view.change} provider={source.providerName} />
            ) : null}
          </>
        }
      >
        <PaymentFigures payment={payment} />
        <Suspense fallback={<PaymentChecksSkeleton />}>
          <Checks ctx={ctx} paymentId={paymentId} provider={source.providerName} />
        </Suspense>
        <StatementsPart {...{ customerId, view, address, statements, awaited }} />
      </Split>
      <NothingLegend className="pt-8" />
    </>
  );
}

function tableOf(customerId: string, paymentId: string, address: StatementsAddress) {
  const { query } = address;
  const href = paths.payrollPaymentExport(customerId, paymentId) + statementsSearch(address);
  return address.show === "awaited"
    ? { label: "People without a statement", href, selection: selectionOf.awaited(paymentId, query.search) }
    : { label: "Pay statements", href, selection: selectionOf.paymentStatements(paymentId, query) };
}

function Description({ view: { payment, source, now, timeZone } }: { view: PaymentDetailView }) {
  const period = periodWords(payment.periodStart, payment.periodEnd);
  return (
    <>
      {period ? `For ${period}; ` : null}
      <PayrollSources sources={[source]} now={now} zone={timeZone} />.
    </>
  );
}

/** Adds up every line of the payment, so it comes after the rest. */
async function Checks(props: { ctx: CustomerContext; paymentId: string; provider: string }) {
  const view = await orNotFound(getPaymentChecks(props.ctx, { paymentId: props.paymentId }));
  return <PaymentChecks view={view} provider={props.provider} />;
}
