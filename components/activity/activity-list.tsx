import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import type { ActivityView } from "@/lib/domain/activity/views";
import { formatCount, formatNumber } from "@/lib/format/money";
import { ActivityTable } from "./activity-table";
import {
  activityHref,
  hasFilter,
  noTimes,
  withActivity,
  withoutFilter,
  type ActivityAddress,
} from "./activity-url";

interface ActivityListProps {
  view: ActivityView;
  address: ActivityAddress;
}

/** The requests themselves, by pages. */
export function ActivityList({ view, address }: ActivityListProps) {
  const { requests, sum, newer, older, now } = view;
  if (requests.length === 0) return <NoRequests view={view} address={address} />;
  return (
    <Section title="Requests" note="newest first">
      <ActivityTable requests={requests} address={address} now={now} />
      <Pagination
        inPlace
        label="requests"
        summary={
          requests.length >= sum.requests
            ? formatCount(sum.requests, "request")
            : `${formatNumber(requests.length)} of ${formatCount(sum.requests, "request")}`
        }
        previousHref={newer && activityHref(withActivity(address, { before: newer }, { live: false }))}
        nextHref={older && activityHref(withActivity(address, { after: older }, { live: false }))}
      />
    </Section>
  );
}

function NoRequests({ view, address }: ActivityListProps) {
  if (view.sum.requests > 0)
    return (
      <EmptyState
        art="none"
        title="No requests here"
        action={<LinkButton href={activityHref(withActivity(address, {}))}>Show the newest</LinkButton>}
      >
        This place in the list is past its end.
      </EmptyState>
    );
  if (hasFilter(address))
    return (
      <EmptyState
        art="none"
        title="No request matches these filters"
        action={<LinkButton href={activityHref(withoutFilter(address))}>Clear the filters</LinkButton>}
      >
        {address.query.search
          ? "Finch's id of a request is in its header and on the connection's page; requests are looked for in all days that are kept."
          : "Other requests may have been sent in this time; clear the filters to see them."}
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing was asked of Finch in this time"
      action={
        <LinkButton href={activityHref(withActivity(address, { ...noTimes, range: "30d" }))}>
          Show 30 days
        </LinkButton>
      }
    >
      Requests appear when an employer connects a provider, and with every sync.
    </EmptyState>
  );
}
