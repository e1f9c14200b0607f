import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuditQuery } from "@/lib/domain/audit/audit-query";
import { auditGroups } from "@/lib/domain/audit/audit-words";
import { atPlace, auditHref, filterOf, hasFilter, readAuditAddress, withoutFilter } from "./audit-url";

const read = (query: string) => readAuditAddress(Object.fromEntries(new URLSearchParams(query)));

describe("the address of the audit", () => {
  it("keeps every filter and place", () => {
    const text = "who=u1%2Cu2&what=exports%2Cteam&about=user&from=2026-01-02&to=2026-01-31&after=71";
    const address = read(text);
    expect(address.query).toEqual({
      actors: ["u1", "u2"],
      groups: ["exports", "team"],
      targets: ["user"],
      from: "2026-01-02",
      to: "2026-01-31",
      after: 71,
      before: null,
    });
    expect(auditHref("/audit", read(auditHref("/audit", address).slice(7)))).toBe(
      auditHref("/audit", address),
    );
    expect(hasFilter(address)).toBe(true);
    expect(auditHref("/audit", withoutFilter(address))).toBe("/audit");
    expect(auditHref("/audit", atPlace(address, { before: 5 }))).toContain("&before=5");
    expect(Object.keys(filterOf(address))).not.toContain("after");
  });

  it("knows every group of actions", () => {
    const all = Object.keys(auditGroups);
    expect(new Set(read(`what=${all.join(",")}`).query.groups)).toEqual(new Set(all));
  });

  it("leaves out what is not understood", () => {
    const { query, employer } = read(
      "what=everything&from=2026-02-30&to=tomorrow&after=-1&before=1.5&employer=acme&who=,,",
    );
    expect(query).toEqual({
      actors: [],
      groups: [],
      targets: [],
      from: null,
      to: null,
      after: null,
      before: null,
    });
    expect(employer).toBeNull();
  });

  it("is understood by the verb, whatever stands in it", () => {
    const names = ["who", "what", "about", "from", "to", "after", "before", "employer"];
    const params = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.array(fc.string())));
    fc.assert(fc.property(params, (given) => AuditQuery.safeParse(readAuditAddress(given).query).success));
  });
});
