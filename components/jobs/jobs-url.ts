import type { JobsQuery } from "@/lib/domain/jobs/jobs-query";
import { readUuid } from "@/lib/format/uuid";
import { paths } from "@/lib/paths";

/** The address of the page of jobs: which failures are shown, and whether it refreshes itself. */

export type SearchParams = Record<string, string | string[] | undefined>;

export interface JobsAddress {
  query: JobsQuery;
  live: boolean;
}

const one = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").slice(0, 200);
};
const matching = (value: string, form: RegExp): string | null => (form.test(value) ? value : null);
const states = ["failed", "retrying"] as const;

export function readJobsAddress(params: SearchParams): JobsAddress {
  return {
    query: {
      job: matching(one(params, "job"), /^[\w.-]{1,80}$/),
      state: states.find((state) => state === one(params, "state")) ?? null,
      customerId: readUuid(one(params, "employer")),
      after: matching(one(params, "after"), /^\d{1,18}\.\d{1,18}$/),
    },
    live: one(params, "live") === "1",
  };
}

export function jobsHref({ query, live }: JobsAddress): string {
  const entries: [string, string | null][] = [
    ["job", query.job],
    ["state", query.state],
    ["employer", query.customerId],
    ["after", query.after],
    ["live", live ? "1" : null],
  ];
  return paths.adminJobs(
    Object.fromEntries(entries.filter((pair): pair is [string, string] => pair[1] !== null)),
  );
}

/** The address with other filters, at the latest failures. */
export function withJobs(
  { query, live }: JobsAddress,
  change: Partial<JobsQuery>,
  more: { live?: boolean } = {},
): JobsAddress {
  return { query: { ...query, after: null, ...change }, live: more.live ?? live };
}

export const everyFailure = { job: null, state: null, customerId: null, after: null } as const;

export const hasJobsFilter = ({ query }: JobsAddress): boolean =>
  query.job !== null || query.state !== null || query.customerId !== null;
