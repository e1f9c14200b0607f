import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { createTestConnection } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { newPerson, newTeam } from "@/lib/domain/team/testing";
import { getBox1Table } from "../box1/get-box1-table";
import { confirmLimit, type ConfirmLimitInput } from "./confirm-limit";
import { listLimits } from "./list-limits";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
let acme: Awaited<ReturnType<typeof newTeam>>;

beforeAll(async () => {
  acme = await newTeam(sql());
});
afterAll(closeDatabase);

const input: ConfirmLimitInput = {
  year: 2026,
  limitKey: "simple_catch_up_enhanced",
  amountCents: "385000",
  source: "IRS Notice 2025-67",
  version: null,
};
const cellOf = async (ctx = acme.admin.ctx, key = "simple_catch_up_enhanced", year = 2026) =>
  (await listLimits(ctx)).limits.find((limit) => limit.key === key)?.cells.find((cell) => cell.year === year);

describe("limits of an employer", () => {
  it("show what is not confirmed and what is missing, and who may settle it", async () => {
    expect(await cellOf()).toMatchObject({ open: true, value: { kind: "unconfirmed" }, confirmed: null });
    const view = await listLimits(acme.admin.ctx);
    const next = view.years.at(-1) ?? 0;
    expect(await cellOf(undefined, "commuter_month", next)).toMatchObject({ value: { kind: "missing" } });
    expect(view.mayConfirm).toBe(true);
    const manager = await newPerson(sql(), acme.customerId, "payroll_manager");
    expect((await listLimits(manager.ctx)).mayConfirm).toBe(false);
  });

  it("are confirmed with a source, audited, and changed only from the version that was seen", async () => {
    const own = await newTeam(sql());
    const { ctx } = own.admin;
    await confirmLimit(ctx, input);
    expect(await cellOf(ctx)).toMatchObject({
      value: { kind: "known", amountCents: 385_000n, by: "administrator" },
      confirmed: { source: "IRS Notice 2025-67", version: 1 },
    });
    await expect(confirmLimit(ctx, input)).rejects.toMatchObject({ code: "CONFLICT" });
    await confirmLimit(ctx, { ...input, amountCents: "400000", version: 1 });
    await expect(confirmLimit(ctx, { ...input, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await cellOf(ctx)).toMatchObject({ value: { amountCents: 400_000n }, confirmed: { version: 2 } });
    const audited = await sql()`select target_id from audit_log
      where customer_id = ${own.customerId} and action = 'limit.confirm'`;
    expect(audited.map((row) => row["target_id"])).toEqual([
      "simple_catch_up_enhanced 2026",
      "simple_catch_up_enhanced 2026",
    ]);
  });

  it("are asked for from the first year with pay on", async () => {
    const own = await newTeam(sql());
    const { id } = await createTestConnection(sql(), { customerId: own.customerId });
    await sql()`insert into payments (customer_id, id, connection_id, entity_id, finch_payment_id, pay_date, fetched_at,
      statements_state, statements_count) values (${own.customerId}, gen_random_uuid(), ${id}, '', 'p', '2021-03-12', now(), 'complete', 0)`;
    const { years } = await listLimits(own.admin.ctx);
    expect(years.slice(0, 4)).toEqual([2021, 2022, 2023, 2024]);
    const old = { ...input, year: 2021, limitKey: "plan_compensation", amountCents: "29000000" } as const;
    await confirmLimit(own.admin.ctx, old);
    expect(await cellOf(own.admin.ctx, "plan_compensation", 2021)).toMatchObject({
      value: { kind: "known", amountCents: 29_000_000n },
    });
  });

  it("that the IRS's page gave cannot be changed, nor can another year be made up", async () => {
    const { ctx } = acme.admin;
    const known = confirmLimit(ctx, { ...input, limitKey: "plan_compensation" });
    await expect(known).rejects.toMatchObject({ code: "INVALID" });
    await expect(confirmLimit(ctx, { ...input, year: 2123 })).rejects.toMatchObject({ code: "INVALID" });
    await expect(confirmLimit(ctx, { ...input, amountCents: "0" })).rejects.toMatchObject({
      code: "INVALID",
    });
  });

  it("are not for other roles to confirm, and not to be seen without payroll", async () => {
    const manager = await newPerson(sql(), acme.customerId, "payroll_manager");
    await expect(confirmLimit(manager.ctx, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const viewer = await newPerson(sql(), acme.customerId, "hr_viewer");
    await expect(listLimits(viewer.ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getBox1Table(viewer.ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("of another employer change nothing here", async () => {
    const other = await newTeam(sql());
    await confirmLimit(other.admin.ctx, input);
    expect(await cellOf()).toMatchObject({ value: { kind: "unconfirmed" } });
  });
});

describe("the table of box 1", () => {
  it("shows every rule with both ends, and the limits it needs", async () => {
    const { rules, sources } = await getBox1Table(acme.admin.ctx);
    const rule = (id: string) => rules.find((each) => each.id === id);
    expect(rule("earning-other")).toMatchObject({ low: "Out", high: "In", types: [] });
    expect(rule("deduction-roth")).toMatchObject({ types: ["Roth, of any plan"], low: "Not subtracted" });
    expect(rule("deduction-commuter")).toMatchObject({ low: "Up to two limits", high: "Up to one limit" });
    expect(rule("deduction-dependent-care")?.limit?.years).toContainEqual({
      year: 2026,
      value: { kind: "known", amountCents: 750_000n, by: "irs" },
    });
    expect(sources.length).toBeGreaterThan(2);
  });
});
