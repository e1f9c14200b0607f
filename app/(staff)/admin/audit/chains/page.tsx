import type { Metadata } from "next";
import Form from "next/form";
import { AuditTabs } from "@/components/audit/audit-tabs";
import { ChainList } from "@/components/audit/chain-list";
import { ChainsSummary } from "@/components/audit/chains-summary";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { SearchFilter } from "@/components/ui/search-filter";
import { listChainStates, type ChainsView } from "@/lib/domain/audit/list-chain-states";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Audit chains" };

const shownChains = 100;
const urgency: Record<ChainsView["chains"][number]["state"]["status"], number> = {
  broken: 0,
  late: 1,
  waiting: 2,
  verified: 3,
  empty: 4,
};

/** Where the audit chain of every employer stands. */
export default async function AuditChainsPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const ctx = await platformContext({ permission: "platform:audit" });
  const { q } = await searchParams;
  const search = (Array.isArray(q) ? q[0] : q)?.trim().slice(0, 100) ?? "";
  const view = await orNotFound(listChainStates(ctx));
  const found = view.chains
    .filter(({ name }) => (name ?? "Platform").toLowerCase().includes(search.toLowerCase()))
    .sort((a, b) => urgency[a.state.status] - urgency[b.state.status]);
  const here = paths.adminAuditChains();
  const hrefOf = (customerId: string) =>
    view.chains.some((chain) => chain.customerId === customerId && chain.name === null)
      ? paths.adminAudit()
      : paths.adminAuditOf(customerId);
  return (
    <>
      <Breadcrumbs
        items={[
          { label: "Platform", href: paths.admin() },
          { label: "Audit", href: paths.adminAudit() },
          { label: "Chains" },
        ]}
      />
      <PageHeader
        title="Audit chains"
        description="Each employer's audit is a chain of its own; so is the platform's. The worker checks and signs them every hour."
      />
      <AuditTabs current="chains" />
      <ChainsSummary view={view} />
      <div className="mt-5">
        <FilterBar
          search={
            <Form action={here} className="contents">
              <SearchFilter label="Search employers" placeholder="Name" />
            </Form>
          }
          clearHref={search ? here : null}
        />
      </div>
      {found.length > 0 ? (
        <>
          <ChainList chains={found.slice(0, shownChains)} hrefOf={hrefOf} now={view.now} />
          {found.length > shownChains ? (
            <p className="py-2.5 text-sm text-secondary">
              {shownChains} of {formatCount(found.length, "chain")}, those that need a look first. Search to
              find the others.
            </p>
          ) : null}
        </>
      ) : (
        <EmptyState
          art="none"
          title="No employer matches"
          action={<LinkButton href={here}>Clear the search</LinkButton>}
        >
          {`“${search}” finds none of ${formatCount(view.chains.length, "chain")}.`}
        </EmptyState>
      )}
    </>
  );
}
