import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { createTestCustomer, createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { roleTable, type Permission, type Role } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";
import { DomainError } from "@/lib/domain/errors";
import { PayWorld, wages, type TestPerson } from "@/lib/domain/payroll/ytd/testing";
import { newCustomRole } from "@/lib/domain/team/testing";
import { testContext } from "@/lib/domain/testing";
import { employerContextOf } from "@/lib/domain/users/grants";
import { exportAwaitedStatements } from "./export-awaited";
import { exportDocuments } from "./export-documents";
import { exportEmployees } from "./export-employees";
import { exportItemRules } from "./export-item-rules";
import { exportLinks } from "./export-links";
import { exportOwnStatements } from "./export-own-statements";
import { exportPayDates, exportPayGroupMembers, exportPayGroups } from "./export-pay-groups";
import { exportPayItems } from "./export-pay-items";
import { exportPayments, exportPaymentsStatements } from "./export-payments";
import { exportBox1Rules, exportLimits } from "./export-rules";
import { exportStatements } from "./export-statements";
import { exportYtd, exportYtdLines } from "./export-ytd";
import { exportYtdPerson } from "./export-ytd-person";
import type { ExportFile } from "./run-export";
import { readCsv, readXlsx } from "./testing";

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const sql = () => database().sql("superuser");
let world: PayWorld;
let connectionId = "";
let groupId = "";
let paymentId = "";
let ada: TestPerson;
let evil: TestPerson;

beforeAll(async () => {
  await configureDatabase({ url: database().urls.app });
  world = await PayWorld.open(database());
  connectionId = await world.connect();
  const { customerId } = world;
  await sql()`update connections set products = ${["directory", "payment", "pay_statement", "documents"]} where id = ${connectionId}`;
  await world.entity(connectionId, "", "Acme, Inc.", "12-3456789");
  ada = await world.person(connectionId);
  evil = await world.person(connectionId, { first: "Eve", last: "=HYPERLINK(1)" });
  const late = await world.person(connectionId, { first: "Late", last: "Comer" });
  paymentId = await world.run(
    connectionId,
    "2026-03-13",
    [wages(ada.id, "2026-03-13", 200_000n), wages(evil.id, "2026-03-13", 100_001n)],
    { names: [ada.id, evil.id, late.id] },
  );
  await world.keepTotals();
  await world.link(ada.id, late.id);
  groupId = crypto.randomUUID();
  await sql()`insert into pay_groups (customer_id, id, connection_id, finch_pay_group_id, name, pay_frequencies, individual_ids,
    members_fetched_at, fetched_at) values (${customerId}, ${groupId}, ${connectionId}, 'g', '+Salaried', ${["weekly"]},
    ${[ada.finchId, evil.finchId]}, now(), now())`;
  await sql()`insert into pay_calendar_entries (customer_id, connection_id, pay_group_id, pay_date, source)
    values (${customerId}, ${connectionId}, ${groupId}, '2026-01-09', 'entered')`;
  await sql()`insert into documents (customer_id, connection_id, finch_document_id, individual_id, type, year, fetched_at)
    values (${customerId}, ${connectionId}, 'd', ${ada.id}, 'w4_2020', 2026, now())`;
  await sql()`insert into pay_statement_rules (customer_id, connection_id, entity_id, finch_rule_id, attributes, conditions, fetched_at)
    values (${customerId}, ${connectionId}, '', 'rule-1', ${sql().json({ metadata: { code: "@A1" } })},
      ${sql().json([{ field: "name", operator: "equals", value: "Salary" }])}, now())`;
});
afterAll(closeDatabase);

async function user(role: Role = "employer_admin", customerId = world.customerId) {
  const made = await createTestUser(sql(), { role, customerId });
  return testContext(role, customerId, { userId: made.id });
}

type Wish = { format?: "csv" | "xlsx"; changes?: boolean };
type Verb = (ctx: Context, wish: Wish) => Promise<ExportFile>;

const year = { year: 2026, asOf: "2026-12-31" } as const;
/** Every table, asked for without a filter. */
const tables = (): Record<string, Verb> => ({
  payments: (ctx, wish) => exportPayments(ctx, { year: "all" }, wish),
  statements: (ctx, wish) => exportPaymentsStatements(ctx, { year: "all" }, wish),
  "statements of a payment": (ctx, wish) => exportStatements(ctx, { paymentId }, wish),
  "people without a statement": (ctx, wish) => exportAwaitedStatements(ctx, { paymentId }, wish),
  "year to date": (ctx, wish) => exportYtd(ctx, year, wish),
  "lines of it": (ctx, wish) => exportYtdLines(ctx, year, wish),
  "lines of a figure": (ctx, wish) =>
    exportYtdPerson(ctx, { individualId: ada.id, query: filter(), of: "gross" }, wish),
  "pay items": (ctx, wish) => exportPayItems(ctx, { connectionId }, wish),
  "item rules": (ctx, wish) => exportItemRules(ctx, { connectionId }, wish),
  "tax forms": (ctx, wish) => exportDocuments(ctx, {}, wish),
  "pay groups": (ctx, wish) => exportPayGroups(ctx, wish),
  "people of pay groups": (ctx, wish) => exportPayGroupMembers(ctx, { id: groupId }, wish),
  "pay dates": (ctx, wish) => exportPayDates(ctx, { id: groupId }, wish),
  "linked records": (ctx, wish) => exportLinks(ctx, wish),
  limits: (ctx, wish) => exportLimits(ctx, wish),
  "box 1 rules": (ctx, wish) => exportBox1Rules(ctx, wish),
  employees: (ctx, wish) => exportEmployees(ctx, {}, wish),
});
const filter = () => YtdFilterInput.parse(year);
/** Those of which the test's employer has no row. */
const empty = new Set(["employees"]);

describe("every table", () => {
  it("is the same in CSV and XLSX, formulas aside, and says what it is, as of when", async () => {
    const ctx = await user();
    for (const [name, verb] of Object.entries(tables())) {
      const csv = await readCsv(await verb(ctx, { format: "csv" }));
      const xlsx = await readXlsx(await verb(ctx, { format: "xlsx" }));
      expect(csv.rows.length > 0, name).toBe(!empty.has(name));
      expect(xlsx.titles, name).toEqual(csv.titles);
      const plain = (rows: Record<string, string>[]) =>
        rows.map((row) => Object.values(row).map((cell) => same(cell.replace(/^'/, ""))));
      expect(plain(xlsx.rows), name).toEqual(plain(csv.rows));
      const labels = csv.head.map(([label]) => label);
      expect(labels, name).toEqual(
        expect.arrayContaining(["Definition", "As of", "Filter", "Time zone", "Made"]),
      );
      for (const cell of csv.rows.flatMap((row) => Object.values(row)))
        expect(/^[=+@]/.test(cell), `${name}: ${cell}`).toBe(false);
    }
  });

  it("is refused to who may not export, and holds nothing of another employer", async () => {
    const stranger = await createTestCustomer(sql());
    for (const [name, verb] of Object.entries(tables())) {
      for (const role of ["hr_viewer", "employee", "staff_support"] as const)
        await expect(verb(await user(role), {}), `${name} as ${role}`).rejects.toMatchObject({
          code: "FORBIDDEN",
        });
      const code = await verb(await user("employer_admin", stranger.id), {})
        .then(readCsv)
        .then(
          ({ rows }) => JSON.stringify(rows),
          (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
        );
      if (name !== "limits" && name !== "box 1 rules") expect(["NOT_FOUND", "[]"], name).toContain(code);
    }
  });

  it("is audited with what it was narrowed to and its number of rows, before the first one leaves", async () => {
    for (const [name, verb] of Object.entries(tables())) {
      const ctx = await user();
      const { chunks } = await verb(ctx, {});
      const [entry, ...others] = await sql()`
        select l.action, d.details from audit_log l join audit_details d using (customer_id, seq)
        where l.actor_id = ${ctx.actor.kind === "user" ? ctx.actor.userId : ""} order by l.seq`;
      await chunks.return();
      expect(others, name).toEqual([]);
      expect(entry, name).toMatchObject({ action: "payroll.export", details: { format: "csv" } });
      expect(entry?.["details"], name).toHaveProperty("filter");
      expect(entry?.["details"], name).toHaveProperty("rows");
    }
  });

  it("says nothing of what did not change, and which rows are new, changed and vanished", async () => {
    const ctx = await user();
    const kept = Object.entries(tables()).filter(
      ([name]) => !["limits", "box 1 rules", "employees", "linked records"].includes(name),
    );
    for (const [name, verb] of kept) {
      await readCsv(await verb(ctx, {}));
      expect((await readCsv(await verb(ctx, { changes: true }))).rows, name).toEqual([]);
    }
    await sql()`update individuals set last_name = 'Grown' where id = ${ada.id}`;
    const before = await readCsv(await exportYtd(ctx, year, { changes: true }));
    expect(before.rows.map((row) => [row["Change"], row["Changed columns"], row["Name"]])).toEqual([
      ["changed: before", "Name", "Marsh, Ada"],
      ["changed: after", "Name", "Grown, Ada"],
    ]);
    await sql()`update individuals set last_name = 'Marsh' where id = ${ada.id}`;
  });
});

const same = (cell: string) => (/^-?\d+(\.\d+)?$/.test(cell) ? String(Number(cell)) : cell);

describe("what a reader may not see", () => {
  it("stays hidden: who people are, without the right to see them", async () => {
    const ctx = await user("payroll_manager");
    const narrow: Context = {
      ...ctx,
      permissions: new Set(
        roleTable.payroll_manager.permissions.filter((permission) => permission !== "individual:read"),
      ),
    };
    const named = [
      "statements",
      "statements of a payment",
      "people without a statement",
      "year to date",
      "lines of it",
      "lines of a figure",
    ];
    for (const name of named) {
      const verb = tables()[name];
      if (!verb) throw new Error(name);
      const { chunks } = await verb(narrow, {});
      let text = "";
      // The grants of this account are the role's own: what is taken away here is only in this context.
      for await (const chunk of chunks) text += Buffer.from(chunk).toString("utf8");
      expect(text, name).toContain("(no access)");
      expect(text, name).not.toMatch(/Marsh|HYPERLINK|Comer/);
    }
    for (const name of ["tax forms", "people of pay groups", "employees"])
      await expect(tables()[name]?.(narrow, {}), name).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("a role that reads forms and no pay takes all of them, and nothing is kept to compare with", async () => {
    const permissions: Permission[] = ["document:read", "individual:read", "payroll:export"];
    await newCustomRole(sql(), world.customerId, { name: "forms", permissions });
    const made = await createTestUser(sql(), { role: "forms", customerId: world.customerId });
    const person = { id: made.id, email: made.email, name: null };
    const ctx = employerContextOf(person, await inSystem((tx) => listGrants(tx, made.id)), world.customerId);
    if (!ctx) throw new Error("The role opens nothing");
    const whole = await readCsv(await exportDocuments(await user(), {}, {}));
    expect((await readCsv(await exportDocuments(ctx, {}, {}))).rows).toEqual(whole.rows);
    expect(whole.rows.length).toBeGreaterThan(0);
    const changes = await readCsv(await exportDocuments(ctx, {}, { changes: true }));
    expect(changes.rows.map((row) => row["Change"])).toEqual(whole.rows.map(() => "new"));
    const kept = await sql()`select id from export_snapshots where user_id = ${made.id}`;
    expect(kept).toEqual([]);
  });

  it("an employee takes the own statements alone", async () => {
    const made = await createTestUser(sql(), {
      role: "employee",
      customerId: world.customerId,
      connectionId,
      individualId: ada.id,
    });
    const own = testContext("employee", world.customerId, {
      userId: made.id,
      connectionIds: [connectionId],
      individualId: ada.id,
    });
    const file = await readCsv(await exportOwnStatements(own, {}, {}));
    expect(file.rows).toMatchObject([{ "Pay date": "2026-03-13", Gross: "2000.00", Currency: "USD" }]);
    await expect(exportOwnStatements(await user(), {}, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
