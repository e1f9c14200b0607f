import type Finch from "@tryfinch/finch-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { control, bearerClient, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ initialSyncMs: 0, rateLimits: "off" });
const { clock } = sandbox.sandbox.world;
const batch = 10;

type Statement = Finch.HRIS.PayStatement;
type Sums = Record<string, number>;

const company = fc.record({
  people: fc.integer({ min: 1, max: 25 }),
  now: fc
    .date({ min: new Date("2022-01-01"), max: new Date("2028-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  yearsBack: fc.integer({ min: 0, max: 1 }),
  limit: fc.integer({ min: 2, max: 30 }),
  payments: fc.constantFrom(undefined, 60),
});

function add(into: Sums, key: string, cents: number | null | undefined): void {
  into[key] = (into[key] ?? 0) + (cents ?? 0);
}

/** What statements say in all, and their lines by category; only of lines that `listed` has, if given. */
function sumsOf(statements: readonly Statement[], listed?: ReadonlySet<string>): Sums {
  const sums: Sums = {
    gross: 0,
    net: 0,
    earnings: 0,
    employeeTaxes: 0,
    employerTaxes: 0,
    deductions: 0,
    given: 0,
  };
  const known = (category: string, name: string | null | undefined) =>
    listed === undefined || listed.has(`${category}/${name}`);
  for (const row of statements) {
    add(sums, "gross", row.gross_pay?.amount);
    add(sums, "net", row.net_pay?.amount);
    for (const line of row.earnings ?? []) {
      if (known("earnings", line?.name)) add(sums, "earnings", line?.amount);
    }
    for (const { name, employer, amount } of row.taxes ?? []) {
      if (known("taxes", name)) add(sums, employer ? "employerTaxes" : "employeeTaxes", amount);
    }
    for (const { name, amount } of row.employee_deductions ?? []) {
      if (known("employee_deductions", name)) add(sums, "deductions", amount);
    }
    for (const { name, amount } of row.employer_contributions ?? []) {
      if (known("employer_contributions", name)) add(sums, "given", amount);
    }
  }
  return sums;
}

const totalsOf = (payments: readonly Finch.HRIS.Payment[]): Sums => {
  const sums: Sums = { gross: 0, net: 0, employeeTaxes: 0, employerTaxes: 0, debit: 0 };
  for (const row of payments) {
    add(sums, "gross", row.gross_pay?.amount);
    add(sums, "net", row.net_pay?.amount);
    add(sums, "employeeTaxes", row.employee_taxes?.amount);
    add(sums, "employerTaxes", row.employer_taxes?.amount);
    add(sums, "debit", row.company_debit?.amount);
  }
  return sums;
};

/** All statements of payments, ten payments at a time and page by page. */
async function readAll(client: Finch, ids: readonly string[], limit: number): Promise<Statement[]> {
  const read: Statement[] = [];
  for (let place = 0; place < ids.length; place += batch) {
    let open = ids.slice(place, place + batch).map((id) => ({ payment_id: id, limit, offset: 0 }));
    while (open.length > 0) {
      const { responses } = await client.hris.payStatements.retrieveMany({ requests: open });
      open = open.filter((request, at) => {
        const body = responses[at]?.body;
        if (!body || !("pay_statements" in body)) throw new Error(JSON.stringify(responses[at]));
        read.push(...body.pay_statements);
        request.offset += limit;
        return request.offset < (body.paging.count ?? 0);
      });
    }
  }
  return read;
}

describe("a year to date", () => {
  it("is the sum of its payments, of its statements by person, and of their lines by item", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(company, async ({ people, now, yearsBack, limit, payments }) => {
        clock.adjust({ now: Date.parse(now) });
        const wanted = { provider_id: "gusto", people, ...(payments ? { payments } : {}) };
        const made = (await control(sandbox.url, "POST", "/companies", wanted)) as { access_token: string };
        const client = bearerClient(sandbox.url, made.access_token);
        const year = new Date(now).getUTCFullYear() - yearsBack;
        const dates = { start_date: `${year}-01-01`, end_date: `${year}-12-31` };
        const paid = (await client.hris.payments.list(dates)).items;
        const statements = await readAll(
          client,
          paid.map(({ id }) => id ?? ""),
          limit,
        );

        seen += statements.length;
        const sums = sumsOf(statements);
        const totals = totalsOf(paid);
        const { gross, net, employeeTaxes, employerTaxes } = sums;
        expect({ gross, net, employeeTaxes, employerTaxes }).toEqual({ ...totals, debit: undefined });
        expect(totals["debit"]).toBe((net ?? 0) + (employeeTaxes ?? 0) + (employerTaxes ?? 0));
        expect(sums["earnings"]).toBe(gross);

        const items = (await client.hris.payStatementItem.list()).responses;
        const names = new Set(items.map(({ category, name }) => `${category}/${name}`));
        expect(sumsOf(statements, names)).toEqual(sums);

        const byPerson = Map.groupBy(statements, (row) => row.individual_id);
        const added: Sums = {};
        for (const rows of byPerson.values()) {
          const own = sumsOf(rows);
          for (const [key, cents] of Object.entries(own)) add(added, key, cents);
          expect(own["earnings"]).toBe(own["gross"]);
          const taken = (own["employeeTaxes"] ?? 0) + (own["deductions"] ?? 0);
          expect(own["net"]).toBe((own["gross"] ?? 0) - taken);
        }
        if (statements.length > 0) expect(added).toEqual(sums);
        const listed = paid.flatMap((row) => row.individual_ids ?? []).sort();
        expect(statements.map((row) => row.individual_id).sort()).toEqual(listed);
      }),
      { numRuns: 15 },
    );
    expect(seen).toBeGreaterThan(100);
  });
});
