import type { Metadata } from "next";
import { ActivityCauses } from "@/components/activity/activity-causes";
import { ActivityCharts } from "@/components/activity/activity-charts";
import { ActivityFilters, ActivityTimes } from "@/components/activity/activity-filters";
import { ActivityList } from "@/components/activity/activity-list";
import {
  activityHref,
  readActivityAddress,
  withActivity,
  type SearchParams,
} from "@/components/activity/activity-url";
import { timeSpan } from "@/components/activity/chart-data";
import { LiveButton } from "@/components/admin/live-button";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { listActivity } from "@/lib/domain/activity/list-activity";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Activity" };

/** Every request to Finch, of all employers. */
export default async function ActivityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const ctx = await platformContext({ permission: "platform:read" });
  const address = readActivityAddress(await searchParams);
  const view = await orNotFound(listActivity(ctx, address.query));
  const { from, to, now, sum, keptDays } = view;
  // Older pages do not change; live is for the newest.
  const isNewest = address.query.after === null && address.query.before === null && view.live;
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform", href: paths.admin() }, { label: "Activity" }]} />
      <PageHeader
        title="Activity"
        description={`${formatCount(sum.requests, "request")} to Finch, ${timeSpan(from, to, now)} UTC. Kept for ${formatCount(keptDays, "day")}, without bodies.`}
        actions={
          isNewest ? (
            <LiveButton
              live={address.live}
              href={activityHref(withActivity(address, {}, { live: !address.live }))}
            />
          ) : null
        }
      />
      <ActivityFilters address={address} view={view} />
      <ActivityTimes address={address} />
      {sum.requests > 0 ? <ActivityCharts view={view} address={address} /> : null}
      <ActivityCauses view={view} address={address} />
      <ActivityList view={view} address={address} />
    </>
  );
}
