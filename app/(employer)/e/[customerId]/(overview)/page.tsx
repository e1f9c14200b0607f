import type { Metadata } from "next";
import { Suspense } from "react";
import { WhyConnect } from "@/components/connections/why-connect";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { AttentionList } from "@/components/overview/attention-list";
import { ConnectionsRail } from "@/components/overview/connections-rail";
import { HeadcountRow } from "@/components/overview/headcount-row";
import { HeadcountTrend } from "@/components/overview/headcount-trend";
import { PayrollPart, PayrollPartSkeleton } from "@/components/overview/payroll-part";
import { RecentActivity } from "@/components/overview/recent-activity";
import { SetupList } from "@/components/overview/setup-list";
import { todaySentence } from "@/components/overview/today";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Split } from "@/components/ui/section";
import { isPartial } from "@/components/ytd/ytd-coverage";
import { sinceWords } from "@/lib/format/coverage-words";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { getHeadcountTrend } from "@/lib/domain/overview/get-headcount-trend";
import { getOverview, type OverviewView } from "@/lib/domain/overview/get-overview";
import { getPayrollOverview } from "@/lib/domain/overview/get-payroll-overview";
import { listYtd } from "@/lib/domain/payroll/ytd/list-ytd";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: { params: Promise<{ customerId: string }> }) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "customer:read" });
  const view = await orNotFound(getOverview(ctx));
  const { timeZone: zone, now, mayConnect } = view;
  const isEmpty = view.connections.length === 0;
  return (
    <>
      <Breadcrumbs items={[{ label: view.customerName }]} />
      <PageHeader title={view.customerName} description={todaySentence(view)} />
      {isEmpty ? (
        <NewEmployer customerId={customerId} view={view} />
      ) : (
        <Split
          rail={
            <>
              <ConnectionsRail customerId={customerId} view={view} />
              <SetupList customerId={customerId} steps={view.setup} mayConnect={mayConnect} />
            </>
          }
        >
          <AttentionList {...{ customerId, mayConnect, now, zone }} items={view.attention} />
          {view.mayReadPeople ? <HeadcountRow customerId={customerId} view={view} /> : null}
          {can(ctx, "payroll:read") ? (
            <Suspense fallback={<PayrollPartSkeleton />}>
              <Pay ctx={ctx} customerId={customerId} />
            </Suspense>
          ) : null}
          {view.mayReadPeople ? (
            <Suspense fallback={null}>
              <People ctx={ctx} />
            </Suspense>
          ) : null}
          <RecentActivity {...{ customerId, now, zone }} events={view.activity} />
        </Split>
      )}
    </>
  );
}

interface PartProps {
  ctx: CustomerContext;
}

/** Read after the rest of the page: it looks into more. */
async function Pay({ ctx, customerId }: PartProps & { customerId: string }) {
  const [view, year] = await Promise.all([orNotFound(getPayrollOverview(ctx)), orNotFound(listYtd(ctx, {}))]);
  const { totals, hasContracts } = year;
  const ytd = {
    year: year.today.slice(0, 4),
    totals,
    isPartial: isPartial(year),
    since: sinceWords(year.units),
    hasContracts,
  };
  return <PayrollPart customerId={customerId} view={view} ytd={ytd} />;
}

async function People({ ctx }: PartProps) {
  return <HeadcountTrend view={await orNotFound(getHeadcountTrend(ctx))} />;
}

/** Nothing is connected: one action, what it brings, and what happened before, if anything. */
function NewEmployer({ customerId, view }: { customerId: string; view: OverviewView }) {
  const { mayConnect, timeZone: zone, now } = view;
  return (
    <Split
      rail={
        <>
          <SetupList customerId={customerId} steps={view.setup} mayConnect={mayConnect} />
          {mayConnect ? <WhyConnect /> : null}
        </>
      }
    >
      <EmptyState
        title={mayConnect ? "Connect payroll to begin" : "No payroll is connected yet"}
        action={
          mayConnect ? (
            <LinkButton href={paths.connections(customerId)} variant="primary">
              Connect payroll
            </LinkButton>
          ) : null
        }
      >
        {mayConnect
          ? "Headcount, people and employment appear here by themselves once a provider is connected."
          : "Headcount and people appear here once an administrator of this employer connects payroll."}
      </EmptyState>
      <RecentActivity {...{ customerId, now, zone }} events={view.activity} />
    </Split>
  );
}
