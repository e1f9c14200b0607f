import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { MissingRuns } from "@/components/payroll/missing-runs";
import { PayCalendars } from "@/components/payroll/pay-calendars";
import { PaymentsFilters } from "@/components/payroll/payments-filters";
import { PaymentsTable } from "@/components/payroll/payments-table";
import { paymentsSearch, readPaymentsAddress, type SearchParams } from "@/components/payroll/payments-url";
import { NoMatch, NoPayments, StillToCome } from "@/components/payroll/payroll-empty";
import { NotGranted, PayrollSources } from "@/components/payroll/payroll-sources";
import { PayrollSums } from "@/components/payroll/payroll-sums";
import { LinkButton } from "@/components/ui/button";
import { NothingLegend } from "@/components/ui/legend";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section, Sections } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/domain/connections/list-connections";
import { selectionOf } from "@/lib/domain/export/selection";
import { listPayCalendars } from "@/lib/domain/payroll/payments/list-pay-calendars";
import { listPayments, type PaymentsView } from "@/lib/domain/payroll/payments/list-payments";
import type { PaymentsQuery } from "@/lib/domain/payroll/payments/payments-query";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";

export const metadata: Metadata = { title: "Payroll" };

interface PayrollPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

/** Payments by pay date: what was paid, what is missing, what comes. */
export default async function PayrollPage({ params, searchParams }: PayrollPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const query = readPaymentsAddress(await searchParams);
  const [view, calendars, list] = await Promise.all([
    orNotFound(listPayments(ctx, query)),
    orNotFound(listPayCalendars(ctx)),
    orNotFound(listConnections(ctx)),
  ]);
  const connections = list.connections.filter(({ disconnectedAt }) => disconnectedAt === null);
  const { now, timeZone: zone } = view;
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Payroll" }]}
      />
      <PageHeader
        title="Payroll"
        description={
          view.sources.length > 0 ? (
            <>
              {formatCount(view.total, "payment")},{" "}
              <PayrollSources sources={view.sources} now={now} zone={zone} />.
            </>
          ) : undefined
        }
        actions={
          <>
            <Exports ctx={ctx} zone={zone} tables={view.total > 0 ? tablesOf(customerId, query, view) : []} />
            <LinkButton href={paths.payItems(customerId)}>Pay items</LinkButton>
          </>
        }
      />
      <NotGranted customerId={customerId} sources={view.sources} />
      {view.total === 0 ? (
        <NoPayments {...{ customerId, connections }} mayConnect={can(ctx, "connection:connect")} />
      ) : (
        <>
          <StillToCome {...{ customerId, connections }} />
          <MissingRuns customerId={customerId} calendars={calendars} />
          <PaymentsFilters {...{ customerId, query, view }} />
          <Sections>
            <PayrollSums sums={view.sums} year={view.year} />
            <PayCalendars {...{ customerId, calendars, now, zone }} />
            <Payments {...{ customerId, query, view }} />
          </Sections>
          <NothingLegend className="pt-6" />
        </>
      )}
    </>
  );
}

function tablesOf(customerId: string, query: PaymentsQuery, { year }: PaymentsView) {
  const href = paths.payrollExport(customerId) + paymentsSearch(query);
  const statements = `${href}${href.includes("?") ? "&" : "?"}rows=statements`;
  return [
    { label: "Payments", href, selection: selectionOf.payments(query, year) },
    {
      label: "Pay statements of these payments",
      href: statements,
      selection: selectionOf.statements(query, year),
    },
  ];
}

interface PaymentsProps {
  customerId: string;
  query: PaymentsQuery;
  view: PaymentsView;
}

/** Scheduled payments, those without a date, and what was paid: three lists that are never mixed. */
function Payments({ customerId, query, view }: PaymentsProps) {
  const here = paths.payroll(customerId);
  const all = [...view.rows, ...view.scheduled, ...view.undated];
  const columns = {
    source: view.sources.length > 1,
    entity: all.some(({ entity }) => entity !== null),
  };
  const table = { customerId, columns, year: view.year };
  const turn = (place: Partial<PaymentsQuery> | null) => place && here + paymentsSearch(query, place);
  return (
    <>
      <Aside
        {...table}
        title="Scheduled"
        label="Scheduled payments"
        rows={view.scheduled}
        count={view.scheduledCount}
      >
        later than today, and in no sum
      </Aside>
      <Aside
        {...table}
        title="Without a pay date"
        label="Payments without a pay date"
        rows={view.undated}
        count={view.undatedCount}
      >
        in no year and no sum
      </Aside>
      <Section title="Paid" note={formatCount(view.matching, "payment")}>
        {view.rows.length === 0 ? (
          <div className="pt-4">
            <NoMatch {...{ customerId, view, query }} />
          </div>
        ) : (
          <>
            <PaymentsTable
              {...table}
              label="Payments"
              rows={view.rows}
              scrolls
              sort={{
                href: here + paymentsSearch(query, { ascending: !query.ascending }),
                ascending: query.ascending,
              }}
            />
            <Pagination
              summary={`${formatCount(view.rows.length, "payment")} of ${formatCount(view.matching, "payment")}`}
              previousHref={turn(view.previous)}
              nextHref={turn(view.next)}
            />
          </>
        )}
      </Section>
    </>
  );
}

interface AsideProps {
  customerId: string;
  title: string;
  /** Name of the table. */
  label: string;
  rows: readonly PaymentView[];
  count: number;
  year: number | "all";
  columns: { source: boolean; entity: boolean };
  children: string;
}

function Aside({ title, label, rows, count, children, ...table }: AsideProps) {
  if (rows.length === 0) return null;
  const more = count > rows.length ? `, the first ${rows.length} of ${count}` : "";
  return (
    <Section title={title} note={`${formatCount(count, "payment")}${more}: ${children}`}>
      <PaymentsTable {...table} label={label} rows={rows} />
    </Section>
  );
}
