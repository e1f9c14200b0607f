import { beforeAll, describe, expect, it } from "vitest";
import { configureDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import type { Context } from "@/lib/domain/context";
import { useSyncWorld } from "@/lib/domain/sync/testing";
import { testContext } from "@/lib/domain/testing";
import { exportOwnPayStatement, exportPayStatement } from "./export-pay-statement";
import { getOwnPayStatement } from "./get-own-pay-statement";
import { getPayStatement } from "./get-pay-statement";
import { listOwnPayStatements } from "./list-own-pay-statements";
import { listPayStatements } from "./list-pay-statements";
import { MirroredCases, type StatementPlace } from "./testing";

const world = useSyncWorld({ QUOTA_CLOCK_RATE: "60" });
let cases: MirroredCases;
/** Statements of the cases, by number. */
const places = new Map<number, StatementPlace>();
let currencies: StatementPlace[] = [];

beforeAll(async () => {
  cases = await MirroredCases.plant(world);
  for (const number of [8, 10, 11, 12, 14, 15, 16, 17, 24, 25])
    places.set(number, await cases.statement(number));
  currencies = await cases.statements(36, { everybody: true });
  await configureDatabase({ url: world.database().urls.app });
}, 240_000);

function place(number: number): StatementPlace {
  const found = places.get(number);
  if (!found) throw new Error(`case ${number} was not looked up`);
  return found;
}
const manager = (customerId: string) => testContext("payroll_manager", customerId);
const view = ({ customerId, paymentId, statementId }: StatementPlace) =>
  getPayStatement(manager(customerId), { paymentId, statementId });
const employee = ({ customerId, connectionId, individualId }: StatementPlace, userId?: string) =>
  testContext("employee", customerId, {
    connectionIds: [connectionId],
    individualId,
    ...(userId ? { userId } : {}),
  });
describe("which sum of a statement holds", () => {
  it.each<[number, string, string | null, string | null]>([
    [8, "net pay is zero", "earnings", "taxes_and_deductions"],
    [10, "gross is null", null, null],
    [11, "earnings are null", null, "taxes_and_deductions"],
    [12, "a line has no amount", null, "taxes_and_deductions"],
    [14, "a tax has no amount", "earnings", null],
    [15, "a tax has no payer", "earnings", "taxes_and_deductions"],
    [16, "gross leaves a reimbursement out", "without_reimbursements", "plus_reimbursements"],
    [17, "life insurance is imputed", "earnings", "taxes_and_deductions"],
  ])("case %d is stored and shown: %s", async (number, _, grossIdentity, netIdentity) => {
    const at = place(number);
    const stored = await world.row("select gross_identity, net_identity from pay_statements where id = $1", [
      at.statementId,
    ]);
    expect(stored).toEqual({ gross_identity: grossIdentity, net_identity: netIdentity });
    expect((await view(at)).addingUp).toEqual({ grossIdentity, netIdentity });
  });

  it("is stored for every statement that can be told, and none is off", async () => {
    const rows = await world.rows<{ gross: string | null }>(
      "select gross_identity as gross from pay_statements where gross_pay_cents is not null and customer_id = $1",
      [place(8).customerId],
    );
    expect(rows.length).toBeGreaterThan(100);
    const untold = rows.filter(({ gross }) => gross === null || gross === "none");
    // Earnings that are null, empty beside a gross pay, and without an amount.
    expect(untold.length).toBeLessThanOrEqual(3);
  });
});

describe("a statement", () => {
  it("tells an empty list from one that is not given", async () => {
    const both = await cases.statements(11, { everybody: true });
    const states = await Promise.all(both.map(async (each) => (await view(each)).lists.earning));
    expect(new Set(states)).toEqual(new Set(["null", "empty", "given"]));
  });

  it("has the year of each line up to its pay date, as plain sums of the lines give it", async () => {
    const at = place(17);
    const seen = await view(at);
    const rows = await world.rows<{ name: string; category: string; cents: string }>(
      `select l.category, l.name, sum(l.amount_cents)::text as cents from pay_statement_lines l
       join pay_statements s on s.id = l.statement_id where s.individual_id = $1 and s.deleted_at is null
         and extract(year from s.pay_date) = extract(year from $2::date) and s.pay_date <= $2::date group by 1, 2`,
      [at.individualId, seen.payDate ?? ""],
    );
    const sums = new Map<string, bigint>();
    const categoryOf = { earnings: "earning", contributions: "contribution" } as Record<string, string>;
    for (const { key, lines } of seen.groups)
      for (const { name, year } of lines) {
        const category =
          categoryOf[key] ?? (key.includes("tax") && !/^(pre|post)/.test(key) ? "tax" : "deduction");
        const known = `${category} ${name}`;
        if (year !== null && year !== "above") sums.set(known, (sums.get(known) ?? 0n) + year.amountCents);
      }
    expect(Object.fromEntries(sums)).toEqual(
      Object.fromEntries(rows.map(({ category, name, cents }) => [`${category} ${name}`, BigInt(cents)])),
    );
    expect(rows.length).toBeGreaterThan(8);
  });

  it("pairs a line with the one that takes it back, on the same statement and over the year's end", async () => {
    const marks = async (number: number) =>
      (await view(place(number))).groups.flatMap(({ lines }) =>
        lines.flatMap(({ counterpart }) => counterpart ?? []),
      );
    expect(
      (await marks(24)).map(({ role, statementId }) => [role, statementId === place(24).statementId]),
    ).toEqual([
      ["reversed_by", true],
      ["reverses", true],
    ]);
    const [reversal] = await marks(25);
    expect(reversal).toMatchObject({ role: "reverses" });
    const seen = await view(place(25));
    const paidIn = Number(reversal?.payDate?.slice(0, 4));
    expect(seen.marks).toMatchObject({ closedYears: [paidIn], isPriorYearAdjustment: true });
    const original = {
      ...place(25),
      statementId: reversal?.statementId ?? "",
      paymentId: reversal?.paymentId ?? "",
    };
    const back = (await view(original)).groups.flatMap(({ lines }) =>
      lines.flatMap(({ counterpart }) => counterpart ?? []),
    );
    expect(back).toContainEqual(
      expect.objectContaining({ role: "reversed_by", statementId: place(25).statementId }),
    );
  });

  it("never adds currencies, and takes capitals and none as they are", async () => {
    const seen = await Promise.all(currencies.map(view));
    const odd = seen.filter(({ gross }) => gross.currency !== "usd");
    expect(odd.map(({ gross }) => gross.currency).toSorted()).toEqual(["USD", "jpy", "kwd", null].toSorted());
    for (const each of odd) {
      expect(each.addingUp).toEqual({ grossIdentity: "earnings", netIdentity: "taxes_and_deductions" });
      for (const { totals } of each.groups)
        expect(totals.length).toBe(
          new Set(totals.map(({ currency }) => (currency ?? "").toLowerCase())).size,
        );
    }
  });

  it("leads through the person's statements and the payment's, there and back", async () => {
    const seen = await view(place(17));
    const next =
      seen.after &&
      (await view({ ...place(17), statementId: seen.after.id, paymentId: seen.after.paymentId }));
    expect(next?.before?.id).toBe(seen.id);
    expect((next?.payDate ?? "") >= (seen.payDate ?? "")).toBe(true);
    const { payment } = seen;
    const beside = payment?.after ?? payment?.before;
    if (!payment || !beside) throw new Error("nobody else was paid");
    const other = await view({ ...place(17), statementId: beside.id, paymentId: beside.paymentId });
    expect(other.paymentId).toBe(seen.paymentId);
    expect([other.payment?.before?.id, other.payment?.after?.id]).toContain(seen.id);
    expect(payment.count).toBeGreaterThan(2);
  });

  it("is for nobody without payroll:read, and not there for others or at another payment", async () => {
    const at = place(17);
    const ids = { paymentId: at.paymentId, statementId: at.statementId };
    const code = (code: string) => expect.objectContaining({ code });
    await expect(getPayStatement(testContext("hr_viewer", at.customerId), ids)).rejects.toEqual(
      code("FORBIDDEN"),
    );
    await expect(exportPayStatement(testContext("hr_viewer", at.customerId), ids)).rejects.toEqual(
      code("FORBIDDEN"),
    );
    await expect(getPayStatement(manager(crypto.randomUUID()), ids)).rejects.toEqual(code("NOT_FOUND"));
    await expect(exportPayStatement(manager(crypto.randomUUID()), ids)).rejects.toEqual(code("NOT_FOUND"));
    const elsewhere = { ...ids, paymentId: place(8).paymentId };
    await expect(getPayStatement(manager(at.customerId), elsewhere)).rejects.toEqual(code("NOT_FOUND"));
    const limited = testContext("payroll_manager", at.customerId, { connectionIds: [crypto.randomUUID()] });
    await expect(getPayStatement(limited, ids)).rejects.toEqual(code("NOT_FOUND"));
    await expect(getPayStatement(manager(at.customerId), { ...ids, statementId: "1" })).rejects.toEqual(
      code("NOT_FOUND"),
    );
  });
});

it("who may see pay and not the directory is not told whose it is", async () => {
  const at = place(17);
  const payOnly: Context = { ...manager(at.customerId), permissions: new Set(["payroll:read"] as const) };
  const seen = await getPayStatement(payOnly, { paymentId: at.paymentId, statementId: at.statementId });
  expect(seen.person).toMatchObject({ name: null, title: null, department: null, isHidden: true });
  expect(seen.employer).toMatchObject({ legalName: null, ein: null });
  expect(
    [seen.before, seen.after, seen.payment?.before, seen.payment?.after].map((each) => each?.name ?? null),
  ).toEqual([null, null, null, null]);
  expect(seen.groups.length).toBeGreaterThan(1);
});

describe("a person's statements", () => {
  it("are those of the year that is asked for, newest first, with its sums", async () => {
    const at = place(17);
    const all = await listPayStatements(manager(at.customerId), { individualId: at.individualId });
    const [newest, before] = all.years;
    if (!newest || !before) throw new Error("two years are needed");
    const past = await listPayStatements(manager(at.customerId), {
      individualId: at.individualId,
      year: before.year,
    });
    expect(past.year).toBe(before.year);
    expect(past.rows).toHaveLength(before.statements);
    const days = past.rows.map(({ payDate }) => payDate ?? "");
    expect(days).toEqual(days.toSorted().reverse());
    const gross = past.rows.reduce((sum, row) => sum + (row.gross.amountCents ?? 0n), 0n);
    expect(past.sums?.figures.map(({ grossCents }) => grossCents)).toEqual([gross]);
    await expect(
      listPayStatements(testContext("hr_viewer", at.customerId), { individualId: at.individualId }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(
      listPayStatements(manager(crypto.randomUUID()), { individualId: at.individualId }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("an employee", () => {
  it("has the own statements, as the employer sees them, without the payment", async () => {
    const at = place(17);
    const own = await getOwnPayStatement(employee(at), { statementId: at.statementId });
    const seen = await view(at);
    expect(own.groups).toEqual(seen.groups);
    expect(own.grossToNet).toEqual(seen.grossToNet);
    expect(own.payment).toBeNull();
    expect(own.employer).toMatchObject({ legalName: null, ein: null });
    const list = await listOwnPayStatements(employee(at), {});
    expect(list.rows.length).toBeGreaterThan(3);
    expect(list.personId).toBe(at.individualId);
  });

  it("has nobody else's, and none as an employer", async () => {
    const at = place(17);
    const paid = await cases.statements(17, { everybody: true });
    const other = paid.find(({ individualId }) => individualId !== at.individualId);
    if (!other) throw new Error("nobody else was paid");
    const refused = { code: "NOT_FOUND" };
    await expect(getOwnPayStatement(employee(at), { statementId: other.statementId })).rejects.toMatchObject(
      refused,
    );
    await expect(
      exportOwnPayStatement(employee(at), { statementId: other.statementId }),
    ).rejects.toMatchObject(refused);
    const elsewhere: Context = testContext("employee", at.customerId, {
      connectionIds: [crypto.randomUUID()],
      individualId: at.individualId,
    });
    await expect(getOwnPayStatement(elsewhere, { statementId: at.statementId })).rejects.toMatchObject(
      refused,
    );
    for (const read of [
      getPayStatement(employee(at), { paymentId: at.paymentId, statementId: at.statementId }),
      exportPayStatement(employee(at), { paymentId: at.paymentId, statementId: at.statementId }),
      listPayStatements(employee(at), { individualId: at.individualId }),
      getOwnPayStatement(manager(at.customerId), { statementId: at.statementId }),
    ])
      await expect(read).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

it("a file that leaves is audited, the employer's and the employee's", async () => {
  const at = place(17);
  const sql = world.database().sql("superuser");
  const user = await createTestUser(sql, {});
  const admin = testContext("payroll_manager", at.customerId, { userId: user.id });
  const file = await exportPayStatement(admin, { paymentId: at.paymentId, statementId: at.statementId });
  expect(file.fileName).toMatch(/^[a-z-]+-payslip-\d{4}-\d\d-\d\d\.pdf$/);
  await exportOwnPayStatement(employee(at, user.id), { statementId: at.statementId });
  const entries = await world.rows(
    `select action, target_type, target_id, d.details->>'payDate' as day from audit_log l join audit_details d using (customer_id, seq)
     where l.actor_id = $1`,
    [user.id],
  );
  const entry = {
    action: "pay_statement.export",
    target_type: "individuals",
    target_id: at.individualId,
    day: file.view.payDate,
  };
  expect(entries).toEqual([entry, entry]);
});

describe("a statement at the edges", () => {
  it("of the first year that there is opens all the same", async () => {
    const at = place(25);
    await world.rows("update pay_statements set pay_date = '0001-03-01' where id = $1", [at.statementId]);
    expect((await view(at)).payDate).toBe("0001-03-01");
  });

  it("is nobody's own once the person left the mirror, as page or as file", async () => {
    const at = place(24);
    const whose = employee(at);
    expect((await getOwnPayStatement(whose, { statementId: at.statementId })).id).toBe(at.statementId);
    await world.rows("update individuals set deleted_at = now() where id = $1", [at.individualId]);
    for (const read of [
      () => listOwnPayStatements(whose, {}),
      () => getOwnPayStatement(whose, { statementId: at.statementId }),
      () => exportOwnPayStatement(whose, { statementId: at.statementId }),
    ])
      await expect(read()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await view(at)).id).toBe(at.statementId);
  });
});
