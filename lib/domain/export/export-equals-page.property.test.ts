import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Context } from "@/lib/domain/context";
import { listPayments } from "@/lib/domain/payroll/payments/list-payments";
import { listStatements } from "@/lib/domain/payroll/payments/list-statements";
import { statementStates } from "@/lib/format/pay-choices";
import { plantPayGroup, plantPayment, plantStatement } from "@/lib/domain/payroll/payments/testing";
import { getYtdPerson } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { listYtd } from "@/lib/domain/payroll/ytd/list-ytd";
import { PayWorld, wages, type TestSlip } from "@/lib/domain/payroll/ytd/testing";
import { YtdFilterInput, YtdSort } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatMoney } from "@/lib/format/money";
import { testContext } from "@/lib/domain/testing";
import { exportPayments } from "./export-payments";
import { exportStatements } from "./export-statements";
import { exportYtd, exportYtdLines } from "./export-ytd";
import { readCsv } from "./testing";

/** A file holds what the pages hold, all of them, in their order: for any filter. Amounts are compared as the page writes them. */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const database = useTestDatabase();
const sql = () => database().sql("superuser");

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

async function administrator(customerId: string): Promise<Context> {
  const { id } = await createTestUser(sql(), { role: "employer_admin", customerId });
  return testContext("employer_admin", customerId, { userId: id });
}

/** All pages of a list, one after the other. */
async function everyPage<View, Row>(
  read: (after: string | null) => Promise<View & { rows: Row[]; next: { after: string } | null }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ;) {
    const view: { rows: Row[]; next: { after: string } | null } = await read(after);
    rows.push(...view.rows);
    if (!view.next) return rows;
    after = view.next.after;
  }
}

const plain = (amount: { amountCents: bigint; currency: string | null } | null | undefined) =>
  amount ? formatMoney(amount.amountCents, amount.currency, { symbol: false }) : "";
/** A figure of a file as the page writes it. */
const shown = (figure: string | undefined) => {
  const [whole = "", decimals] = (figure ?? "").split(".");
  const grouped = whole.replace("-", "\u2212").replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
};
const oneOf = <const T extends readonly unknown[]>(...values: T): fc.Arbitrary<T[number]> =>
  fc.constantFrom(...values);

describe("a file for any filter", () => {
  it("of payments and of statements has the rows of the pages, in their order, to the cent", async () => {
    const { id: customerId } = await createTestCustomer(sql());
    const products = ["directory", "payment", "pay_statement"];
    const { id: connectionId } = await createTestConnection(sql(), { customerId, products });
    const place = { customerId, connectionId };
    await createTestIndividuals(sql(), { ...place, count: 70, lastNames: 9 });
    const groups = [
      await plantPayGroup(sql(), place, { name: "Weekly", frequency: "weekly" }),
      await plantPayGroup(sql(), place, { name: "Monthly", frequency: "monthly" }),
    ];
    const paymentIds: string[] = [];
    for (let n = 0; n < 64; n += 1) {
      const month = String((n % 12) + 1).padStart(2, "0");
      const day = String((n % 27) + 1).padStart(2, "0");
      paymentIds.push(
        await plantPayment(sql(), place, {
          payDate: n % 13 === 0 ? null : `${n % 3 === 0 ? 2025 : 2026}-${month}-${day}`,
          group: n % 4 === 0 ? null : (groups[n % 2]?.finchId ?? null),
          frequencies: n % 5 === 0 ? null : [n % 2 === 0 ? "weekly" : "monthly"],
          gross: n % 7 === 0 ? null : n * 1_003,
          currency: ["usd", "jpy", "kwd"][n % 3] ?? "usd",
          state: statementStates[n % statementStates.length] ?? "complete",
        }),
      );
    }
    const [paymentId = ""] = paymentIds;
    for (let person = 1; person <= 70; person += 1)
      await plantStatement(sql(), place, paymentId, {
        person,
        gross: person % 9 === 0 ? null : (person % 11) * 1_000_001,
        net: person * 7,
        hours: String(person % 40),
        currency: ["usd", "jpy", "kwd"][person % 3] ?? "usd",
        method: [null, "check", "direct_deposit"][person % 3] ?? null,
        type: person % 2 === 0 ? "regular_payroll" : null,
        lines: [["tax", person, false]],
      });
    const ctx = await administrator(customerId);

    const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 2 });
    const payments = fc.record({
      year: oneOf("all", 2025, 2026),
      groups: some([null, ...groups.map(({ id }) => id)]),
      frequencies: some([null, "weekly", "monthly"]),
      states: some(statementStates),
      kind: oneOf(null, "regular", "off_cycle"),
      ascending: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(payments, async (query) => {
        const file = await readCsv(await exportPayments(ctx, query, {}));
        const rows = await everyPage((after) => listPayments(ctx, { ...query, after }));
        const paid = file.rows.filter((row) => row["Status"] === "paid");
        expect(paid.map((row) => row["Payment id"])).toEqual(rows.map(({ id }) => id));
        expect(paid.map((row) => [shown(row["Gross"]), shown(row["Net"])])).toEqual(
          rows.map(({ amounts }) => [plain(amounts.gross), plain(amounts.net)]),
        );
        const view = await listPayments(ctx, query);
        const others = file.rows.filter((row) => row["Status"] !== "paid");
        expect(others).toHaveLength(view.scheduledCount + view.undatedCount);
        expect(new Map(file.head).get("Rows")).toBe(String(file.rows.length));
      }),
      { numRuns: 12 },
    );

    const statements = fc.record({
      search: oneOf("", "first0000", "last"),
      methods: some([null, "check", "direct_deposit"]),
      types: some([null, "regular_payroll"]),
      sort: oneOf("name", "gross", "net", "hours"),
      descending: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(statements, async (query) => {
        const file = await readCsv(await exportStatements(ctx, { paymentId, ...query }, {}));
        const rows = await everyPage((after) => listStatements(ctx, { paymentId, ...query, after }));
        expect(file.rows.map((row) => row["Person id"])).toEqual(rows.map(({ person }) => person.id));
        expect(file.rows.map((row) => [shown(row["Gross"]), shown(row["Employee taxes"])])).toEqual(
          rows.map(({ gross, employeeTaxes }) => [plain(gross), plain(employeeTaxes[0])]),
        );
      }),
      { numRuns: 12 },
    );
  });

  it("of year-to-date wages has the people of the pages, and lines that add up to their figures", async () => {
    const world = await PayWorld.open(database());
    const connections = [await world.connect(), await world.connect()];
    const people = [];
    for (let n = 0; n < 64; n += 1)
      people.push(await world.person(connections[n % 2] ?? "", { first: `First${n}`, last: `Last${n % 7}` }));
    const days = ["2025-12-31", "2026-01-09", "2026-03-13", "2026-12-31"];
    for (const connectionId of connections)
      for (const [at, day] of days.entries()) {
        const slips = people
          .filter((person, n) => person.connectionId === connectionId && (n + at) % 3 > 0)
          .map((person, n): TestSlip => {
            const slip = wages(person.id, day, BigInt(100_003 + n * 17 + at));
            if (n % 4 > 0) return slip;
            const currency = n % 8 === 0 ? "jpy" : "kwd";
            return {
              ...slip,
              grossCurrency: currency,
              netCurrency: currency,
              lines: slip.lines.map((line) => ({ ...line, currency })),
            };
          });
        await world.run(connectionId, day, slips);
      }
    await world.keepTotals();
    const ctx = await administrator(world.customerId);

    const query = fc.record({
      definition: oneOf("gross", "plan", "box1"),
      year: oneOf(2025, 2026),
      asOf: oneOf("2026-02-01", "2026-12-31"),
      connections: fc.subarray(connections, { maxLength: 1 }),
      search: oneOf("", "last3", "first1"),
      sort: fc.constantFrom(...YtdSort.options),
      descending: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const file = await readCsv(await exportYtd(ctx, asked, {}));
        const rows = await everyPage((after) => listYtd(ctx, { ...asked, after }));
        const page = rows.flatMap(({ individualId, name, figures }) =>
          figures.map((each) => {
            const money = (amountCents: bigint) => plain({ amountCents, currency: each.currency });
            return [
              individualId,
              name,
              each.currency.toUpperCase(),
              money(each.grossCents),
              money(each.taxesCents),
            ];
          }),
        );
        expect(
          file.rows.map((row) => [
            row["Person id"],
            row["Name"],
            row["Currency"],
            shown(row["Gross"]),
            shown(row["Taxes withheld"]),
          ]),
        ).toEqual(page);
        expect(new Map(file.head).get("As of")).toBe(asked.asOf);
      }),
      { numRuns: 15 },
    );

    const year = { year: 2026, asOf: "2026-12-31" } as const;
    const lines = await readCsv(await exportYtdLines(ctx, year, {}));
    const rows = await everyPage((after) => listYtd(ctx, { ...year, after }));
    expect(new Set(lines.rows.map((row) => row["Person id"]))).toEqual(
      new Set(rows.map(({ individualId }) => individualId)),
    );
    const [first] = rows;
    const person = await getYtdPerson(ctx, {
      individualId: first?.individualId ?? "",
      query: YtdFilterInput.parse(year),
      of: "taxes",
    });
    const taxes = lines.rows.filter(
      (row) => row["Person id"] === first?.individualId && row["Category"] === "Tax",
    );
    expect(taxes.map((row) => shown(row["Amount"]))).toEqual(
      person.drill.entries.map(({ cents }) => plain({ amountCents: cents ?? 0n, currency: person.currency })),
    );
  });
});
