import { describe, expect, it } from "vitest";
import { allQuotaSets, quotaSet, type QuotaEnv } from "./allowances";
import { quotaKey } from "./quota-key";

const production: QuotaEnv = {
  FINCH_CLIENT_ID: "client",
  FINCH_ENVIRONMENT: "production",
  EGRESS_ID: "default",
  QUOTA_CLOCK_RATE: 1,
  QUOTA_UNDOCUMENTED_PER_MINUTE: 20,
};

describe("the quota of an endpoint", () => {
  it.each([
    ["GET /employer/company", "company"],
    ["GET /employer/directory", "directory"],
    ["POST /employer/individual", "individual"],
    ["POST /employer/employment", "employment"],
    ["GET /employer/payment", "payment"],
    ["GET /employer/payment?start_date=2026-01-01", "payment"],
    ["POST /employer/pay-statement", "pay-statement"],
    ["GET /employer/pay-groups", "pay-groups"],
    ["GET /employer/pay-groups/{pay_group_id}", "pay-groups"],
    ["GET /employer/pay-statement-item", "pay-statement-item"],
    ["GET /employer/pay-statement-item/rule", "pay-statement-item/rule"],
    ["PUT /employer/pay-statement-item/rule/{rule_id}", "pay-statement-item/rule"],
    ["GET /employer/benefits/{benefit_id}/individuals", "benefits"],
    ["GET /employer/documents/{document_id}", "documents"],
    ["GET /introspect", "introspect"],
    ["POST /jobs/automated", "jobs"],
    ["GET /jobs/automated/{job_id}", "jobs"],
    ["GET /providers", "providers"],
    ["POST /connect/sessions/reauthenticate", "connect"],
    ["POST /auth/token", "auth"],
    ["POST /disconnect", "disconnect"],
  ])("%s is %s", (endpoint, key) => expect(quotaKey(endpoint)).toBe(key));
});

describe("allowances", () => {
  it.each([
    ["company", 20],
    ["directory", 20],
    ["individual", 20],
    ["employment", 20],
    ["pay-statement-item", 20],
    ["payment", 12],
    ["pay-groups", 12],
    ["pay-statement", 12],
  ])("%s has %i a minute, twice as many in Finch's sandbox, and says where that stands", (key, allowance) => {
    const source = "Finch: Rate Limits";
    expect(quotaSet(key, production)).toMatchObject({
      allowance,
      windowMs: 60_000,
      addressSet: "ip",
      source,
    });
    expect(quotaSet(key, { ...production, FINCH_ENVIRONMENT: "sandbox" }).allowance).toBe(2 * allowance);
  });

  it.each(["introspect", "jobs", "benefits", "documents", "providers", "disconnect", "something-new"])(
    "%s, of which Finch gives no figure, has what is set, also in the sandbox",
    (key) => {
      for (const FINCH_ENVIRONMENT of ["production", "sandbox"] as const) {
        const set = quotaSet(key, { ...production, FINCH_ENVIRONMENT, QUOTA_UNDOCUMENTED_PER_MINUTE: 7 });
        expect(set).toMatchObject({ allowance: 7, source: "" });
      }
    },
  );

  it("an address has 1,000 in five minutes, and as many again for opening connections", () => {
    const sets = allQuotaSets({ ...production, EGRESS_ID: "berlin" });
    const address = { allowance: 1_000, windowMs: 300_000, addressSet: null };
    expect(sets.filter(({ addressSet }) => addressSet === null)).toEqual([
      { key: "ip:berlin", ...address, source: "Finch: Rate Limits" },
      { key: "auth_ip:berlin", ...address, source: "Finch: Rate Limits" },
    ]);
    expect(sets.filter(({ addressSet }) => addressSet === "auth_ip").map(({ key }) => key)).toEqual([
      "connect",
      "auth",
    ]);
  });

  it("an emulator's clock that runs ten times as fast makes every window a tenth", () => {
    const windows = (rate: number) =>
      allQuotaSets({ ...production, QUOTA_CLOCK_RATE: rate }).map(({ windowMs }) => windowMs);
    expect(windows(10)).toEqual(windows(1).map((ms) => ms / 10));
  });
});
