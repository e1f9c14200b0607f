import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import { listPayments } from "@/lib/domain/payroll/payments/list-payments";
import { plantPayment, plantStatement, type TestPlace } from "@/lib/domain/payroll/payments/testing";
import { testContext } from "@/lib/domain/testing";
import { exportPayments, exportPaymentsStatements } from "./export-payments";
import { exportStatements } from "./export-statements";
import { bytesOf, readCsv, textOf } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const people = 1_203;
let place: TestPlace;
let paymentId = "";

beforeAll(async () => {
  const { id: customerId } = await createTestCustomer(sql());
  const products = ["directory", "payment", "pay_statement"];
  const { id: connectionId } = await createTestConnection(sql(), { customerId, products });
  place = { customerId, connectionId };
  await createTestIndividuals(sql(), { ...place, count: people });
  await sql()`update individuals set first_name = '=HYPERLINK("http://evil.test","pay")', preferred_name = null
    where finch_individual_id = 'finch-1'`;
  paymentId = await plantPayment(sql(), place, {
    payDate: "2025-06-06",
    people: [1, 2],
    gross: 12_000,
    net: 8_000,
  });
  await plantPayment(sql(), place, { payDate: "2025-06-20", people: [1], gross: -50, net: null });
  for (let person = 1; person <= people; person += 1)
    await plantStatement(sql(), place, paymentId, {
      person,
      gross: 100,
      net: 60,
      method: "check",
      type: "regular_payroll",
      lines: [["tax", 25, false]],
    });
  await configureDatabase({ url: database().urls.app });
}, 240_000);
afterAll(closeDatabase);

async function user(role: Role = "payroll_manager") {
  const made = await createTestUser(sql(), { role, customerId: place.customerId });
  return testContext(role, place.customerId, { userId: made.id });
}

const auditOf = (ctx: { actor: object }) => sql()`
  select l.action, d.details from audit_log l join audit_details d using (customer_id, seq)
  where l.actor_id = ${String(Reflect.get(ctx.actor, "userId"))} order by l.seq`;

describe("exports of payroll", () => {
  it("hold the payments that the page shows, with a head and amounts as decimals", async () => {
    const ctx = await user();
    const file = await exportPayments(ctx, { year: 2025 }, {});
    const text = await textOf(file);
    const page = await listPayments(ctx, { year: 2025 });
    for (const { id } of page.rows) expect(text).toContain(id);
    expect(text).toMatch(/Definition/);
    expect(text).toContain("120.00");
    expect(text).toContain("-0.50");
    expect(await auditOf(ctx)).toEqual([
      {
        action: "payroll.export",
        details: {
          kind: "payments",
          format: "csv",
          changes: false,
          rows: 2,
          filter: "none",
          period: "Pay dates of 2025; scheduled and undated ones too",
        },
      },
    ]);
  });

  it("hold every statement once in XLSX, text as text and numbers as numbers", async () => {
    const bytes = await bytesOf(await exportStatements(await user(), { paymentId }, { format: "xlsx" }));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    const sheet = book.worksheets[0];
    const rows: ExcelJS.Row[] = [];
    sheet?.eachRow((row) => rows.push(row));
    const head = rows.findIndex((row) => row.getCell(1).value === "Name");
    const titles = (rows[head]?.values ?? []) as string[];
    const data = rows.slice(head + 1);
    expect(data).toHaveLength(people);
    expect(data.some((row) => row.getCell(1).text.includes("=HYPERLINK"))).toBe(true);
    const gross = titles.indexOf("Gross");
    expect(data.every((row) => row.getCell(gross).value === 1)).toBe(true);
    for (const row of data) row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula));
  });

  it("tell what is new, changed and vanished since the reader's last export, once", async () => {
    const ctx = await user();
    const changes = async () =>
      (await readCsv(await exportPayments(ctx, { year: 2025 }, { changes: true }))).rows;
    const first = await textOf(await exportPayments(ctx, { year: 2025 }, { changes: true }));
    expect(first).toContain("no earlier export");
    await sql()`update payments set gross_pay_cents = 12001 where id = ${paymentId}`;
    const added = await plantPayment(sql(), place, { payDate: "2025-07-04", people: [1] });
    expect(
      (await changes()).map((row) => [
        row["Change"],
        row["Changed columns"],
        row["Gross"],
        row["Payment id"],
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["changed: before", "Gross", "120.00", paymentId],
        ["changed: after", "Gross", "120.01", paymentId],
        ["new", "", "1000.00", added],
      ]),
    );
    expect(await changes()).toEqual([]);
    await sql()`update payments set deleted_at = now() where id = ${added}`;
    expect(await changes()).toMatchObject([{ Change: "vanished", "Payment id": added, Gross: "1000.00" }]);
    expect(await changes()).toEqual([]);
    await sql()`update payments set gross_pay_cents = 12000 where id = ${paymentId}`;
  });

  it("tell no names of before to whoever may see people no more", async () => {
    const ctx = await user();
    expect(await textOf(await exportStatements(ctx, { paymentId }, {}))).toContain("HYPERLINK");
    const clerk = { ...ctx, permissions: new Set(["payroll:read", "payroll:export"] as const) };
    const text = await textOf(await exportStatements(clerk, { paymentId }, { changes: true }));
    expect(text).toContain("(no access)");
    expect(text).not.toContain("HYPERLINK");
  });

  it("of another filter, format or person move nobody's place in the changes", async () => {
    const [ctx, colleague] = [await user(), await user()];
    await readCsv(await exportPayments(ctx, { year: 2025 }, {}));
    await sql()`update payments set gross_pay_cents = 12001 where id = ${paymentId}`;
    await readCsv(await exportPayments(ctx, { year: 2025, kind: "regular" }, {}));
    await bytesOf(await exportPayments(ctx, { year: "all" }, { format: "xlsx" }));
    await readCsv(await exportPayments(colleague, { year: 2025 }, {}));
    await readCsv(await exportPaymentsStatements(ctx, { year: 2025 }, {}));
    const { rows } = await readCsv(
      await exportPayments(ctx, { year: 2025, ascending: true }, { changes: true }),
    );
    expect(rows.map((row) => row["Change"])).toEqual(["changed: before", "changed: after"]);
    await sql()`update payments set gross_pay_cents = 12000 where id = ${paymentId}`;
  });

  it("keep the last ten selections of a table, and forget the others", async () => {
    const ctx = await user();
    for (let year = 2000; year < 2012; year += 1) await readCsv(await exportPayments(ctx, { year }, {}));
    await readCsv(await exportStatements(ctx, { paymentId }, {}));
    const [kept] =
      await sql()`select count(*) filter (where kind like 'payments:%')::int as payments, count(*)::int as "all"
      from export_snapshots where user_id = ${String(Reflect.get(ctx.actor, "userId"))}`;
    expect(kept).toEqual({ payments: 10, all: 11 });
    const oldest = await textOf(await exportPayments(ctx, { year: 2000 }, { changes: true }));
    expect(oldest).toContain("no earlier export");
  });

  it("broken off in the middle leave the changes to be told again", async () => {
    const ctx = await user();
    const asked = { paymentId };
    await readCsv(await exportStatements(ctx, asked, {}));
    await sql()`update pay_statements set net_pay_cents = 61 where payment_id = ${paymentId} and individual_id =
      (select id from individuals where finch_individual_id = 'finch-7')`;
    const { chunks } = await exportStatements(ctx, asked, { changes: true });
    await chunks.next();
    await chunks.next();
    await chunks.return();
    const { rows } = await readCsv(await exportStatements(ctx, asked, { changes: true }));
    expect(rows.map((row) => [row["Change"], row["Net"]])).toEqual([
      ["changed: before", "0.60"],
      ["changed: after", "0.61"],
    ]);
    await sql()`update pay_statements set net_pay_cents = 60 where payment_id = ${paymentId}`;
  });

  it("broken off, are audited as that and are nobody's last export", async () => {
    const ctx = await user();
    const file = await exportPaymentsStatements(ctx, { year: 2025 }, {});
    await file.chunks.next();
    await file.chunks.next();
    await file.chunks.return();
    const [, stopped] = await auditOf(ctx);
    expect(stopped).toMatchObject({ action: "payroll.export_stopped", details: { of: people } });
    expect(
      await sql()`select from export_snapshots where user_id = ${String(Reflect.get(ctx.actor, "userId"))}`,
    ).toEqual([]);
  });

  it("stop where the role is taken away in the middle", async () => {
    const ctx = await user();
    const { chunks } = await exportStatements(ctx, { paymentId }, {});
    await chunks.next();
    await chunks.next();
    await sql()`delete from user_roles where user_id = ${String(Reflect.get(ctx.actor, "userId"))}`;
    await expect(chunks.next()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("are refused to other roles, and another employer's payment does not exist", async () => {
    await expect(exportPayments(await user("hr_viewer"), {}, {})).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const other = await createTestCustomer(sql());
    const stranger = testContext("employer_admin", other.id);
    await expect(exportStatements(stranger, { paymentId }, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
