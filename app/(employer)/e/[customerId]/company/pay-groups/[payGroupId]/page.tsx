import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Frequencies, payGroupName } from "@/components/pay-groups/frequencies";
import { Members } from "@/components/pay-groups/members-table";
import { PayCalendar } from "@/components/pay-groups/pay-calendar";
import { readPayGroupAddress, type SearchParams } from "@/components/pay-groups/pay-group-url";
import { NothingLegend } from "@/components/ui/legend";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Sections } from "@/components/ui/section";
import { selectionOf } from "@/lib/domain/export/selection";
import { getPayGroup } from "@/lib/domain/pay-groups/get-pay-group";
import type { PayGroupView } from "@/lib/domain/pay-groups/views";
import { zoneName } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../../exports";
import {
  changePayDateAction,
  confirmPayDatesAction,
  enterPayDateAction,
  removePayDateAction,
  skipPayDateAction,
} from "./actions";

export const metadata: Metadata = { title: "Pay group" };

interface PayGroupPageProps {
  params: Promise<{ customerId: string; payGroupId: string }>;
  searchParams: Promise<SearchParams>;
}

const actions = {
  enter: enterPayDateAction,
  change: changePayDateAction,
  remove: removePayDateAction,
  confirm: confirmPayDatesAction,
  skip: skipPayDateAction,
};

export default async function PayGroupPage({ params, searchParams }: PayGroupPageProps) {
  const { customerId, payGroupId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const address = readPayGroupAddress(await searchParams);
  const view = await orNotFound(getPayGroup(ctx, { id: payGroupId, ...address }));
  const { group, now, timeZone } = view;
  const { asOf, providerName } = group.source;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Company", href: paths.company(customerId) },
          { label: "Pay groups", href: paths.payGroups(customerId) },
          { label: payGroupName(group) },
        ]}
      />
      <PageHeader
        title={payGroupName(group)}
        description={
          <>
            <Frequencies group={group} />
            {". "}
            {asOf ? (
              <RelativeTime value={asOf} now={now} zone={timeZone} prefix="As of " />
            ) : (
              "Nothing was read yet"
            )}
            , from {providerName}.
          </>
        }
        actions={<Exports ctx={ctx} zone={timeZone} tables={tablesOf(customerId, group, address.search)} />}
      />
      <Sections>
        <PayCalendar
          place={{
            customerId: ctx.scope.customerId,
            connectionId: group.source.id,
            payGroupId: group.payGroupId,
          }}
          group={group}
          coming={view.coming}
          closeBusinessDays={view.closeBusinessDays}
          missing={view.missing}
          past={view.past}
          zone={timeZone}
          zoneName={zoneName(now, timeZone)}
          now={now}
          mayManage={view.mayManage}
          actions={actions}
        />
        {view.members ? (
          <Members customerId={customerId} group={group} members={view.members} search={address.search} />
        ) : null}
      </Sections>
      <NothingLegend className="pt-8" />
    </>
  );
}

/** Its people as they are searched for, and its calendar. Without a group there are no people of it. */
function tablesOf(customerId: string, { id, payGroupId }: PayGroupView, search: string) {
  const href = (query: Record<string, string>) => paths.payGroupExport(customerId, id, query);
  const people = {
    label: "People",
    href: href({ rows: "people", ...(search ? { q: search } : {}) }),
    selection: selectionOf.payGroupMembers(id, search),
  };
  const dates = { label: "Pay dates", href: href({ rows: "dates" }), selection: selectionOf.payDates(id) };
  return payGroupId === null ? [dates] : [people, dates];
}
