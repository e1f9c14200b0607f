import { X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu, type FilterOption } from "@/components/ui/filter-menu";
import { Input } from "@/components/ui/input";
import { SearchFilter } from "@/components/ui/search-filter";
import { Segmented } from "@/components/ui/segmented";
import type { ActivityView } from "@/lib/domain/activity/views";
import { paths } from "@/lib/paths";
import {
  activityEntries,
  activityHref,
  hasFilter,
  noTimes,
  ranges,
  withActivity,
  withoutFilter,
  type ActivityAddress,
} from "./activity-url";

interface ActivityFiltersProps {
  address: ActivityAddress;
  view: Pick<ActivityView, "customers" | "connections" | "endpoints" | "outcomes" | "finchCodes">;
}

const statuses: FilterOption[] = [
  { value: "2xx", label: "2xx answered" },
  { value: "202", label: "202 not ready" },
  { value: "4xx", label: "4xx refused" },
  { value: "401", label: "401 sign-in" },
  { value: "403", label: "403 not allowed" },
  { value: "429", label: "429 too many" },
  { value: "5xx", label: "5xx failed" },
  { value: "none", label: "no answer" },
];

/** Which requests: all of it in the address. */
export function ActivityFilters({ address, view }: ActivityFiltersProps) {
  const others = activityEntries(withActivity(address, { search: "" }));
  return (
    <FilterBar
      search={
        <Form action={paths.adminActivity()} className="contents" scroll={false}>
          {others.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SearchFilter label="Search by Finch request id" placeholder="Finch request id" />
        </Form>
      }
      clearHref={hasFilter(address) ? activityHref(withoutFilter(address)) : null}
    >
      <FilterMenu
        label="Employer"
        name="employer"
        single
        options={[...view.customers]}
        resets={["after", "before", "connection", "run"]}
      />
      {view.connections.length > 0 ? (
        <FilterMenu
          label="Connection"
          name="connection"
          single
          options={[...view.connections]}
          resets={["after", "before", "run"]}
        />
      ) : null}
      <FilterMenu label="Endpoint" name="endpoint" options={[...view.endpoints]} />
      <FilterMenu label="Outcome" name="outcome" options={[...view.outcomes]} />
      <FilterMenu label="Status" name="status" options={statuses} />
      {view.finchCodes.length > 0 || address.query.finchCodes.length > 0 ? (
        <FilterMenu label="Finch code" name="code" options={[...view.finchCodes]} />
      ) : null}
      {address.query.runId ? (
        <span className="inline-flex h-8 flex-none items-center rounded-md border border-accent-line bg-accent-subtle pl-[9px] text-sm whitespace-nowrap text-ink max-md:min-h-9">
          Sync{" "}
          <b className="ml-1.5 font-mono text-xs font-medium text-accent">
            {address.query.runId.slice(0, 8)}
          </b>
          <Link
            href={activityHref(withActivity(address, { runId: null }))}
            scroll={false}
            aria-label="Remove filter Sync"
            className="grid h-full w-7 place-items-center rounded-md text-secondary hover:text-ink"
          >
            <X size={12} aria-hidden="true" />
          </Link>
        </span>
      ) : null}
    </FilterBar>
  );
}

const rangeLabels: Record<(typeof ranges)[number], string> = {
  "1h": "1 hour",
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
};

/** Which time: one of four that end now, or from a minute to another in UTC. */
export function ActivityTimes({ address }: { address: ActivityAddress }) {
  const { range, from, to } = address.query;
  const others = activityEntries(withActivity(address, noTimes, { live: false }));
  const chosen = from !== null || to !== null;
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Segmented
        label="Time"
        value={chosen ? "" : range}
        items={ranges.map((value) => ({
          value,
          label: rangeLabels[value],
          href: activityHref(withActivity(address, { ...noTimes, range: value })),
        }))}
      />
      <Form
        // The fields keep what was typed; another address starts them anew.
        key={`${from ?? ""} ${to ?? ""}`}
        action={paths.adminActivity()}
        scroll={false}
        className="flex items-center gap-1.5 text-sm text-secondary max-sm:grid-cols-1 max-md:grid max-md:w-full max-md:grid-cols-2 max-md:gap-2"
      >
        {others.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <MinuteField label="From" name="from" value={from} />
        <MinuteField label="to" name="to" value={to} />
        <span className="text-xs text-muted max-md:hidden">UTC</span>
        <Button type="submit" className="max-md:col-span-full">
          Apply
        </Button>
      </Form>
    </div>
  );
}

function MinuteField({ label, name, value }: { label: string; name: string; value: string | null }) {
  return (
    <label className="flex items-center gap-1.5 max-md:block max-md:min-w-0">
      <span className="max-md:inline-block max-md:first-letter:uppercase">{label}</span>
      <Input
        type="datetime-local"
        name={name}
        defaultValue={value ?? ""}
        className="w-[188px] max-md:w-full max-md:min-w-0"
      />
    </label>
  );
}
