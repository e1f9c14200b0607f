import type { Metadata } from "next";
import { RuleChanges } from "@/components/item-rules/rule-changes";
import { RulesBoard } from "@/components/item-rules/rules-board";
import { ItemsEmpty } from "@/components/items/items-empty";
import { ItemsTabs } from "@/components/items/items-tabs";
import { readItemsAddress, type SearchParams } from "@/components/items/items-url";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { RefreshWhileOpen } from "@/components/item-rules/refresh-while-open";
import { Banner } from "@/components/ui/banner";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Sections } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { selectionOf } from "@/lib/domain/export/selection";
import { listItemRules } from "@/lib/domain/payroll/item-rules/list-item-rules";
import type { ItemRulesView } from "@/lib/domain/payroll/item-rules/views";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../../exports";
import { previewItemRuleAction, requestRuleChangeAction } from "./actions";

export const metadata: Metadata = { title: "Finch’s rules" };

interface RulesPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RulesPage({ params, searchParams }: RulesPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const { connectionId } = readItemsAddress(await searchParams);
  const view = await orNotFound(listItemRules(ctx, { connectionId }));
  const { source, support, now, timeZone } = view;
  const open = view.changes.some(({ state }) => state === "queued" || state === "sending");
  const mayAsk = view.mayChange && support.kind === "supported" && !open;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Payroll", href: paths.payroll(customerId) },
          {
            label: "Pay items",
            href: paths.payItems(customerId, connectionId ? { connection: connectionId } : {}),
          },
          { label: "Finch’s rules" },
        ]}
      />
      <PageHeader
        title="Finch’s rules on pay items"
        description={<Summary view={view} />}
        actions={
          source && view.rules.length > 0 ? (
            <Exports
              ctx={ctx}
              zone={timeZone}
              tables={[
                {
                  label: "Rules on pay items",
                  href: paths.payItemRulesExport(customerId, { connection: source.id }),
                  selection: selectionOf.itemRules(source.id),
                },
              ]}
            />
          ) : undefined
        }
      />
      {source ? <ItemsTabs customerId={customerId} connectionId={source.id} current="rules" /> : null}
      {view.sources.length > 1 ? <Connections view={view} /> : null}
      {!source || support.kind === "no_product" ? (
        <ItemsEmpty
          customerId={customerId}
          source={source && { ...source, hasPayroll: false }}
          mayConnect={can(ctx, "connection:connect")}
        />
      ) : (
        <Sections>
          <Obstacle support={support} />
          <RulesBoard
            customerId={customerId}
            view={{ rules: view.rules, entities: view.entities, names: view.names }}
            connectionId={source.id}
            actions={mayAsk ? { preview: previewItemRuleAction, request: requestRuleChangeAction } : null}
          />
          <RuleChanges changes={view.changes} now={now} zone={timeZone} />
        </Sections>
      )}
      {open ? <RefreshWhileOpen /> : null}
    </>
  );
}

function Summary({ view: { source, rules, now, timeZone } }: { view: ItemRulesView }) {
  const read = rules[0]?.fetchedAt ?? source?.asOf ?? null;
  return (
    <>
      Rules give lines labels at Finch. They change no amount and no type here.{" "}
      {source && read ? (
        <>
          From {source.providerName}, <RelativeTime value={read} now={now} zone={timeZone} prefix="as of " />.
        </>
      ) : null}
    </>
  );
}

function Connections({ view }: { view: ItemRulesView }) {
  return (
    <FilterBar>
      <FilterMenu
        label="Connection"
        name="connection"
        single
        options={view.sources.map(({ id, providerName }) => ({ value: id, label: providerName }))}
      />
    </FilterBar>
  );
}

function Obstacle({ support }: Pick<ItemRulesView, "support">) {
  if (support.kind === "action_needed")
    return (
      <Banner
        title="The connection has to be repaired first"
        means="Finch cannot be asked for anything until then. The rules below are as they were read last."
      />
    );
  if (support.kind !== "not_offered") return null;
  return (
    <Banner
      tone="neutral"
      title="Finch does not offer rules for this provider"
      means={support.message}
      todo="Classify items with types of your own instead."
      requestId={support.requestId}
    />
  );
}
