import { beforeAll, describe, expect, it } from "vitest";
import { createTestUser } from "@/db/seed/factories";
import type { CustomerContext } from "@/lib/domain/context";
import { everyProduct, useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { newTeam } from "@/lib/domain/team/testing";
import { testContext } from "@/lib/domain/testing";
import { bearerClient } from "@/sandbox/testing/harness";
import { listItemRules } from "./list-item-rules";
import { performRuleChange } from "./perform-rule-change";
import { previewItemRule } from "./preview-item-rule";
import { requestRuleChange } from "./request-rule-change";
import type { RuleChangeInput } from "./rule-input";

const world = useSyncWorld();
const path = "/employer/pay-statement-item/rule";
let acme: TestConnection;
let admin: CustomerContext;

beforeAll(async () => {
  acme = await world.connect({ products: everyProduct, employees: 6, payments: 3 });
  await world.sync(acme);
  admin = await personAt(acme.customerId);
});

async function personAt(customerId: string, role: "employer_admin" | "payroll_manager" = "employer_admin") {
  const user = await createTestUser(world.database().sql("superuser"), { customerId, role });
  return testContext(role, customerId, { userId: user.id });
}

const wanted = (label: string): NonNullable<RuleChangeInput["wanted"]> => ({
  conditions: [{ field: "name", value: "Salary" }],
  labels: [{ key: "plan", value: label }],
});
const ask = (input: Partial<RuleChangeInput> = {}) =>
  requestRuleChange(admin, { connectionId: acme.connectionId, wanted: wanted("main"), ...input });
const view = () => listItemRules(admin, { connectionId: acme.connectionId });
const latest = async () => (await view()).changes[0];
const sdkRules = async () => {
  const client = bearerClient(world.sandbox().url, acme.accessToken);
  return (await client.hris.payStatementItem.rules.list()).responses;
};
const fault = (kind: string, more: Record<string, unknown> = {}) =>
  world.fault({ operation: `POST ${path}`, kind, times: 1, ...more });

describe("Finch's rules", () => {
  it("are made, changed and taken away by the worker, and mirrored at once", async () => {
    await ask();
    expect(await latest()).toMatchObject({ kind: "create", state: "queued", by: expect.any(String) });
    await world.work();
    expect(await latest()).toMatchObject({ state: "done", requestId: expect.any(String) });
    const [rule] = (await view()).rules;
    expect(rule).toMatchObject({
      conditions: [{ field: "name", operator: "equals", value: "Salary" }],
      labels: [{ key: "plan", value: "main" }],
    });
    expect((await sdkRules()).map(({ id }) => id)).toEqual([rule?.id]);
    const ruleId = rule?.id ?? "";
    await ask({ ruleId, seen: rule?.version, wanted: wanted("second") });
    await world.work();
    expect((await view()).rules).toMatchObject([{ id: ruleId, labels: [{ key: "plan", value: "second" }] }]);
    const labelled = await world.rows(
      "select metadata from pay_statement_items where connection_id = $1 and name = 'Salary'",
      [acme.connectionId],
    );
    expect(labelled).toMatchObject([{ metadata: { plan: "second" } }]);
    await ask({ ruleId, seen: (await view()).rules[0]?.version, wanted: null });
    await world.work();
    expect((await view()).rules).toEqual([]);
    expect(await sdkRules()).toEqual([]);
    const audited = await world.rows<{ action: string }>(
      "select action from audit_log where customer_id = $1 and action like 'item_rule.%' order by seq",
      [acme.customerId],
    );
    expect(audited.map(({ action }) => action)).toEqual([
      "item_rule.create",
      "item_rule.update",
      "item_rule.delete",
    ]);
  });

  it("are changed and taken away only as they were seen: another's change in between is a conflict", async () => {
    await ask({ wanted: wanted("seen") });
    await world.work();
    const find = async () => (await view()).rules.find(({ labels }) => labels[0]?.key === "plan");
    const [rule, count] = [await find(), (await view()).changes.length];
    const other = { ruleId: rule?.id ?? "", seen: rule?.version };
    // Read again and the same: nothing has changed for whoever looked at it before.
    await world.rows("update pay_statement_rules set fetched_at = now() where connection_id = $1", [
      acme.connectionId,
    ]);
    expect((await find())?.version).toBe(rule?.version);
    await ask({ ...other, wanted: wanted("by somebody else") });
    await world.work();
    const asked = [wanted("mine"), null].flatMap((mine) => [
      () => ask({ ...other, wanted: mine }),
      () => ask({ ruleId: other.ruleId, wanted: mine }),
      () => previewItemRule(admin, { connectionId: acme.connectionId, ...other, wanted: mine }),
    ]);
    for (const again of asked) await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await view()).changes.length).toBe(count + 1);
    const now = await find();
    expect(now?.labels).toEqual([{ key: "plan", value: "by somebody else" }]);
    await ask({ ruleId: other.ruleId, seen: now?.version, wanted: null });
    await world.work();
    expect(await find()).toBeUndefined();
  });

  it("are previewed on past statements, and nothing is asked of Finch for it", async () => {
    const before = await world.lastRequest();
    const { after } = await previewItemRule(admin, {
      connectionId: acme.connectionId,
      wanted: wanted("main"),
    });
    const lines = await world.rows<{ n: number; people: number; cents: string }>(
      `select count(*)::int as n, count(distinct l.individual_id)::int as people, sum(l.amount_cents)::text as cents
       from pay_statement_lines l where l.connection_id = $1 and l.name = 'Salary'`,
      [acme.connectionId],
    );
    expect(after?.reduce((sum, { lines: n }) => sum + n, 0)).toBe(lines[0]?.n);
    expect(after?.reduce((sum, { amountCents }) => sum + amountCents, 0n)).toBe(BigInt(lines[0]?.cents ?? 0));
    expect(lines[0]?.n).toBeGreaterThan(0);
    expect(await world.lastRequest()).toBe(before);
  });

  it("whose answer is lost are looked for, and never made twice", async () => {
    for (const kind of ["truncated", "reset", "malformed"]) {
      await fault(kind);
      await ask({ wanted: wanted(kind) });
      await world.work();
      const there = (await sdkRules()).filter(({ attributes }) => attributes?.metadata?.["plan"] === kind);
      expect(there.length).toBeLessThanOrEqual(1);
      expect(await latest()).toMatchObject({ state: there.length === 1 ? "done" : "failed" });
      expect((await view()).rules.length).toBe((await sdkRules()).length);
    }
  });

  it("of a worker that died after sending are not sent again", async () => {
    const { changeId } = await ask({ wanted: wanted("interrupted") });
    await world.rows("update item_rule_changes set state = 'sending' where id = $1", [changeId]);
    const before = await sdkRules();
    await performRuleChange({ customerId: acme.customerId, changeId });
    expect(await sdkRules()).toEqual(before);
    expect(await latest()).toMatchObject({ state: "failed", message: expect.stringMatching(/lost/) });
    await world.work();
  });

  it("of a worker that died after reading them again are found all the same", async () => {
    const { changeId } = await ask({ wanted: wanted("mirrored") });
    await world.work();
    await world.rows("update item_rule_changes set state = 'sending', finished_at = null where id = $1", [
      changeId,
    ]);
    const before = await sdkRules();
    await performRuleChange({ customerId: acme.customerId, changeId });
    expect(await latest()).toMatchObject({ state: "done" });
    expect(await sdkRules()).toEqual(before);
  });

  it("are asked for so often by a person", async () => {
    const busy = await personAt(acme.customerId);
    if (busy.actor.kind !== "user") throw new Error("the administrator is a person");
    await useUpLimit(
      world.database().sql("superuser"),
      "item-rule",
      `${busy.actor.userId}/${acme.connectionId}`,
    );
    const asked = requestRuleChange(busy, { connectionId: acme.connectionId, wanted: wanted("often") });
    await expect(asked).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  it("that Finch refuses show why, with its request id", async () => {
    await fault("status", { status: 422 });
    await ask();
    await world.work();
    expect(await latest()).toMatchObject({ state: "failed", requestId: expect.any(String), message: /./ });
  });

  it("wait where Finch asks to slow down, and are done later", async () => {
    await fault("status", { status: 429 });
    await ask({ wanted: wanted("patient") });
    await world.work();
    expect(await latest()).toMatchObject({ state: "done" });
  });

  it("that a provider does not offer are remembered: nobody is let ask again", async () => {
    await fault("status", { status: 501 });
    await ask();
    await world.work();
    expect(await latest()).toMatchObject({ state: "failed" });
    expect((await view()).support).toMatchObject({ kind: "not_offered", requestId: expect.any(String) });
    await expect(ask()).rejects.toMatchObject({ code: "CONFLICT" });
    await world.rows("update connections set unsupported = '{}' where id = $1", [acme.connectionId]);
  });

  it("change one at a time", async () => {
    await ask({ wanted: wanted("first") });
    await expect(ask({ wanted: wanted("other") })).rejects.toMatchObject({ code: "CONFLICT" });
    await world.work();
  });

  it("are not asked for where the right is gone when the job runs", async () => {
    const leaving = await personAt(acme.customerId);
    const userId = leaving.actor.kind === "user" ? leaving.actor.userId : "";
    await requestRuleChange(leaving, { connectionId: acme.connectionId, wanted: wanted("late") });
    await world.rows("delete from user_roles where user_id = $1", [userId]);
    const before = await world.lastRequest();
    await world.work();
    expect(await latest()).toMatchObject({ state: "failed", message: expect.stringMatching(/no longer/) });
    expect(await world.lastRequest()).toBe(before);
  });

  it("are for administrators, of their own employer", async () => {
    const manager = await personAt(acme.customerId, "payroll_manager");
    const input = { connectionId: acme.connectionId, wanted: wanted("x") };
    await expect(requestRuleChange(manager, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(previewItemRule(manager, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await listItemRules(manager, { connectionId: acme.connectionId })).mayChange).toBe(false);
    const other = await newTeam(world.database().sql("superuser"));
    const missing: (() => Promise<unknown>)[] = [
      () => requestRuleChange(other.admin.ctx, input),
      () => previewItemRule(other.admin.ctx, input),
      () => listItemRules(other.admin.ctx, { connectionId: acme.connectionId }),
      () => ask({ ruleId: crypto.randomUUID() }),
      () => ask({ entityId: "another" }),
    ];
    for (const asked of missing) await expect(asked()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(listItemRules(testContext("hr_viewer", acme.customerId))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("that could never fit a line are refused", async () => {
    const wrong = async (change: object, field: string) =>
      expect(ask({ wanted: { ...wanted("x"), ...change } })).rejects.toMatchObject({
        code: "INVALID",
        field,
      });
    const name = { field: "name" as const, value: "Salary" };
    await wrong({ conditions: [name, name] }, "conditions");
    await wrong({ conditions: [{ field: "category", value: "wages" }] }, "conditions");
    await wrong(
      {
        labels: [
          { key: "a", value: "1" },
          { key: "a", value: "2" },
        ],
      },
      "labels",
    );
    await wrong({ effectiveStart: "2026-02-01", effectiveEnd: "2026-01-01" }, "effectiveEnd");
  });
});
