import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JobsQuery } from "@/lib/domain/jobs/jobs-query";
import { everyFailure, hasJobsFilter, jobsHref, readJobsAddress, withJobs } from "./jobs-url";

const read = (query: string) => readJobsAddress(Object.fromEntries(new URLSearchParams(query)));
const id = "0b8e0f4a-0000-4000-8000-000000003cb4";

describe("the address of the jobs", () => {
  it("holds every filter, and comes back as it was", () => {
    const address = read(`job=sync.step&state=failed&employer=${id}&after=1795348605176000.42&live=1`);
    const href = jobsHref(address);
    expect(jobsHref(read(href.split("?")[1] ?? ""))).toBe(href);
    expect(hasJobsFilter(address)).toBe(true);
    expect(jobsHref(withJobs(address, everyFailure, { live: false }))).toBe("/admin/jobs");
  });

  it("leaves out what is not understood", () => {
    expect(read("job='; drop&state=dead&employer=acme&after=1&live=true")).toEqual({
      query: everyFailure,
      live: false,
    });
  });

  it("is understood by the verb, whatever stands in it", () => {
    const names = ["job", "state", "employer", "after"];
    const params = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.array(fc.string())));
    fc.assert(fc.property(params, (given) => JobsQuery.safeParse(readJobsAddress(given).query).success));
  });
});
