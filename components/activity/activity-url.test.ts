import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ActivityQuery, outcomeChoices } from "@/lib/domain/activity/activity-query";
import {
  activityHref,
  hasFilter,
  minuteOf,
  readActivityAddress,
  withActivity,
  withoutFilter,
} from "./activity-url";

const read = (query: string) => readActivityAddress(Object.fromEntries(new URLSearchParams(query)));
const id = "0b8e0f4a-0000-4000-8000-000000003cb4";

describe("the address of the requests", () => {
  it("holds every filter, and comes back as it was", () => {
    const address = read(
      `q=27b8&employer=${id}&connection=${id}&run=${id}&endpoint=GET /employer/company,POST /disconnect&outcome=failed,pending&status=5xx,401,none&code=a,b&range=7d&from=2026-11-01T10:30&to=2026-11-02T00:00&after=1795348605176000.${id}&live=1`,
    );
    expect(address.query.endpoints).toEqual(["GET /employer/company", "POST /disconnect"]);
    expect(address.query.statuses).toEqual(["5xx", "401", "none"]);
    const href = activityHref(address);
    expect(activityHref(read(href.split("?")[1] ?? ""))).toBe(href);
    expect(hasFilter(address)).toBe(true);
    expect(hasFilter(withoutFilter(address))).toBe(false);
    expect(withActivity(address, { range: "1h" }).query).toMatchObject({ after: null, range: "1h" });
  });

  it("of everything of the last day is the page itself", () => {
    expect(activityHref(read("range=24h&outcome=&live=0"))).toBe("/admin/activity");
  });

  it("leaves out what is not understood", () => {
    const { query, live } = read(
      "employer=acme&outcome=bad&status=999,abc&range=2y&from=2026-02-30T10:00&to=now&after=1&before=x.y&live=yes",
    );
    expect(query).toMatchObject({
      customerId: null,
      outcomes: [],
      statuses: [],
      range: "24h",
      from: null,
      to: null,
      after: null,
      before: null,
    });
    expect(live).toBe(false);
  });

  it("knows every outcome", () => {
    expect(read(`outcome=${outcomeChoices.join(",")}`).query.outcomes).toEqual([...outcomeChoices]);
  });

  it("is understood by the verb, whatever stands in it", () => {
    const names = [
      "q",
      "employer",
      "connection",
      "run",
      "endpoint",
      "outcome",
      "status",
      "code",
      "range",
      "from",
      "to",
      "after",
      "before",
    ];
    const params = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.array(fc.string())));
    fc.assert(
      fc.property(params, (given) => ActivityQuery.safeParse(readActivityAddress(given).query).success),
    );
  });

  it("names whole minutes around an instant", () => {
    const instant = new Date("2026-11-22T10:30:20Z");
    expect([minuteOf(instant), minuteOf(instant, true)]).toEqual(["2026-11-22T10:30", "2026-11-22T10:31"]);
  });
});
