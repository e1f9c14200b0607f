import { describe, expect, it } from "vitest";
import { getPayGroup, listPayGroups, listPayStatementItems, listPayStatementRules } from "./calls";
import { good, scope, useCases } from "./testing";

const cases = useCases();

describe("pay groups, items and rules", () => {
  it("pay groups name their people only one by one", async () => {
    const token = await cases.token(31);
    const groups = good(await listPayGroups(cases.caller, token, scope));
    const { items } = await cases.sdk(token).payroll.payGroups.list();
    expect(
      groups.map(({ id, name, payFrequencies }) => ({ id, name, pay_frequencies: payFrequencies })),
    ).toEqual(items);
    expect(groups[0]?.individualIds).toBeNull();
    const group = good(await getPayGroup(cases.caller, token, { ...scope, payGroupId: groups[0]?.id ?? "" }));
    expect(group).toMatchObject({
      ...groups[0],
      individualIds: expect.any(Array) as string[],
      raw: { id: group.id },
    });
    expect(group.individualIds?.length).toBeGreaterThan(0);
    expect(cases.caller.records.at(-1)?.endpoint).toBe("GET /employer/pay-groups/{pay_group_id}");
  });

  it("a pay group that Finch does not know is not found", async () => {
    const query = { ...scope, payGroupId: crypto.randomUUID() };
    expect((await getPayGroup(cases.caller, await cases.token(31), query)).kind).toBe("not_found");
  });

  it("rules label items; both are what the SDK reads", async () => {
    const token = await cases.token(8);
    await cases.sdk(token).hris.payStatementItem.rules.create({
      attributes: { metadata: { plan: "main" } },
      conditions: [{ field: "name", operator: "equals", value: "401(k)" }],
      effective_start_date: "2024-01-01",
      entity_type: "pay_statement_item",
    });
    const rules = good(await listPayStatementRules(cases.caller, token, scope));
    const listed = (await cases.sdk(token).hris.payStatementItem.rules.list()).responses;
    expect(rules.map(({ raw }) => raw)).toEqual(listed);
    expect(rules).toMatchObject([
      {
        conditions: [{ field: "name", operator: "equals", value: "401(k)" }],
        attributes: { metadata: { plan: "main" } },
        effectiveStartDate: "2024-01-01",
        effectiveEndDate: null,
        entityType: "pay_statement_item",
        priority: listed[0]?.priority,
        createdAt: listed[0]?.created_at,
      },
    ]);
    const items = good(await listPayStatementItems(cases.caller, token, scope));
    expect(items.map(({ raw }) => raw)).toEqual(
      (await cases.sdk(token).hris.payStatementItem.list()).responses,
    );
    expect(items.find(({ name }) => name === "401(k)")).toMatchObject({ metadata: { plan: "main" } });
    expect(new Set(items.map(({ category }) => category))).toContain("earnings");
  });

  it.each(["nulls", "unknown_enums", "unknown_keys"])(
    "can be read whatever a new version does: %s",
    async (kind) => {
      const token = await cases.token(8);
      const calls = [listPayGroups, listPayStatementItems, listPayStatementRules];
      for (const call of calls) {
        await cases.world.fault({ kind });
        expect((await call(cases.caller, token, scope)).kind).toBe("ok");
      }
    },
  );

  it("are malformed where they are no list", async () => {
    const token = await cases.token(8);
    for (const call of [listPayGroups, listPayStatementItems, listPayStatementRules]) {
      await cases.world.fault({ kind: "malformed" });
      expect((await call(cases.caller, token, scope)).kind).toBe("malformed");
    }
  });
});
