import { describe, expect, it } from "vitest";
import { listPayStatementRules } from "./calls";
import {
  createPayStatementRule,
  deletePayStatementRule,
  updatePayStatementRule,
  type FinchRuleWanted,
} from "./rule-calls";
import { good, scope, useCases } from "./testing";

const cases = useCases();
const wanted: FinchRuleWanted = {
  conditions: [
    { field: "name", value: "401(k)" },
    { field: "category", value: "employee_deductions" },
  ],
  metadata: { plan: "main" },
  effectiveStart: "2026-01-01",
  effectiveEnd: null,
};

describe("rules on pay statement items", () => {
  it("are made, changed and taken away, as the SDK then lists them", async () => {
    const token = await cases.token(9);
    const listed = async () => (await cases.sdk(token).hris.payStatementItem.rules.list()).responses;
    const made = good(await createPayStatementRule(cases.caller, token, { ...scope, wanted }));
    expect(await listed()).toMatchObject([
      {
        id: made.id,
        attributes: { metadata: { plan: "main" } },
        conditions: [
          { field: "name", operator: "equals", value: "401(k)" },
          { field: "category", operator: "equals", value: "employee_deductions" },
        ],
        effective_start_date: "2026-01-01",
        effective_end_date: null,
      },
    ]);
    const change = {
      ...wanted,
      metadata: { plan: "second" },
      effectiveStart: null,
      effectiveEnd: "2026-12-31",
    };
    const changed = good(
      await updatePayStatementRule(cases.caller, token, { ...scope, ruleId: made.id, wanted: change }),
    );
    expect(changed).toMatchObject({ id: made.id, effectiveEndDate: "2026-12-31", effectiveStartDate: null });
    expect(await listed()).toMatchObject([{ attributes: { metadata: { plan: "second" } } }]);
    good(await deletePayStatementRule(cases.caller, token, { ...scope, ruleId: made.id }));
    expect(good(await listPayStatementRules(cases.caller, token, scope))).toEqual([]);
    expect(cases.caller.records.slice(-4).map(({ endpoint }) => endpoint)).toEqual([
      "POST /employer/pay-statement-item/rule",
      "PUT /employer/pay-statement-item/rule/{rule_id}",
      "DELETE /employer/pay-statement-item/rule/{rule_id}",
      "GET /employer/pay-statement-item/rule",
    ]);
  });

  it("that Finch does not know or does not want are refused, with its request id", async () => {
    const token = await cases.token(9);
    const unknown = { ...scope, ruleId: crypto.randomUUID() };
    for (const outcome of [
      await deletePayStatementRule(cases.caller, token, unknown),
      await updatePayStatementRule(cases.caller, token, { ...unknown, wanted }),
      await createPayStatementRule(cases.caller, token, { ...scope, wanted: { ...wanted, conditions: [] } }),
    ])
      expect(outcome).toMatchObject({ kind: "unprocessable", requestId: expect.any(String) as string });
  });
});
