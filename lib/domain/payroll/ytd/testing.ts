import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { sql as text } from "drizzle-orm";
import { loginDatabase } from "@/db/client";
import { listSummedDays, rebuildDays } from "@/db/repositories/wage-day-sums";
import { rebuildTotals } from "@/db/repositories/wage-totals";
import { createTestConnection, createTestCustomer } from "@/db/seed/factories";
import type { TestDatabase } from "@/db/testing";
import type { YtdView } from "./list-ytd";
import type { YtdFigures, YtdRow } from "./views";
import type { YtdQuery } from "./ytd-query";

/** An employer whose pay a test makes slip by slip. Never imported by the product. */

export interface TestLine {
  category: "earning" | "tax" | "deduction" | "contribution";
  type: string | null;
  name: string | null;
  cents: bigint | null;
  currency: string | null;
  hours?: string | null;
  preTax?: boolean | null;
  employer?: boolean | null;
}

export interface TestSlip {
  person: string;
  payDate: string | null;
  grossCents: bigint | null;
  grossCurrency: string | null;
  netCents: bigint | null;
  netCurrency: string | null;
  hours: string | null;
  lines: TestLine[];
  deleted?: boolean;
}

export interface TestPerson {
  id: string;
  connectionId: string;
  entityId: string;
  finchId: string;
}

export class PayWorld {
  private constructor(
    readonly sql: Sql,
    readonly customerId: string,
    private readonly workerUrl: string,
  ) {}

  static async open(database: TestDatabase): Promise<PayWorld> {
    const sql = database.sql("superuser");
    return new PayWorld(sql, (await createTestCustomer(sql)).id, database.urls.worker);
  }

  /** An employer that is there already, reached as a superuser; `workerUrl` is what kept totals are made by. */
  static at(sql: Sql, customerId: string, workerUrl: string): PayWorld {
    return new PayWorld(sql, customerId, workerUrl);
  }

  async connect(options: { providerId?: string; dataRetrievedAt?: Date } = {}): Promise<string> {
    const { id } = await createTestConnection(this.sql, { customerId: this.customerId, ...options });
    return id;
  }

  async entity(connectionId: string, entityId: string, name: string, ein: string | null): Promise<void> {
    await this
      .sql`insert into companies (customer_id, connection_id, entity_id, finch_company_id, legal_name, ein, fetched_at)
      values (${this.customerId}, ${connectionId}, ${entityId}, ${randomUUID()}, ${name}, ${ein}, now())`;
  }

  async person(
    connectionId: string,
    values: { first?: string; last?: string; entityId?: string; startDate?: string | null } = {},
  ): Promise<TestPerson> {
    const id = randomUUID();
    const { first = "Ada", last = "Marsh", entityId = "", startDate = "2020-01-01" } = values;
    await this
      .sql`insert into individuals (customer_id, id, connection_id, entity_id, finch_individual_id, first_name, last_name,
      sort_name, search_text, start_date, employment_type, fetched_at) values (${this.customerId}, ${id}, ${connectionId}, ${entityId}, ${id},
      ${first}, ${last}, ${`${last} ${first}`.toLowerCase()}, ${`${first} ${last}`.toLowerCase()}, ${startDate}, 'employee', now())`;
    return { id, connectionId, entityId, finchId: id };
  }

  /** A run with these slips; all of one pay date. */
  async run(
    connectionId: string,
    payDate: string | null,
    slips: readonly TestSlip[],
    options: { entityId?: string; state?: string; names?: readonly string[] } = {},
  ): Promise<string> {
    const id = randomUUID();
    const { entityId = "", state = "complete" } = options;
    const names = options.names ?? slips.map(({ person }) => person);
    await this
      .sql`insert into payments (customer_id, id, connection_id, entity_id, finch_payment_id, pay_date, individual_ids,
      pay_frequencies, fetched_at, statements_state, statements_count) values (${this.customerId}, ${id}, ${connectionId}, ${entityId}, ${id},
      ${payDate}, ${[...names]}, ${["bi_weekly"]}, now(), ${state}, ${slips.length})`;
    const ordinals = new Map<string, number>();
    for (const slip of slips) {
      const ordinal = ordinals.get(slip.person) ?? 0;
      ordinals.set(slip.person, ordinal + 1);
      await this.slip(connectionId, entityId, id, slip, ordinal);
    }
    return id;
  }

  private async slip(
    connectionId: string,
    entityId: string,
    paymentId: string,
    slip: TestSlip,
    ordinal: number,
  ) {
    const id = randomUUID();
    await this
      .sql`insert into pay_statements (customer_id, id, connection_id, entity_id, payment_id, individual_id, ordinal, type,
      total_hours, gross_pay_cents, gross_pay_currency, net_pay_cents, net_pay_currency, pay_date, digest, seen_at, fetched_at, deleted_at)
      values (${this.customerId}, ${id}, ${connectionId}, ${entityId}, ${paymentId}, ${slip.person}, ${ordinal}, 'regular_payroll', ${slip.hours},
      ${slip.grossCents?.toString() ?? null}, ${slip.grossCurrency}, ${slip.netCents?.toString() ?? null}, ${slip.netCurrency},
      ${slip.payDate}, ${id}, now(), now(), ${slip.deleted ? new Date() : null})`;
    for (const [at, line] of slip.lines.entries())
      await this
        .sql`insert into pay_statement_lines (customer_id, statement_id, ordinal, connection_id, individual_id, category, type,
        name, amount_cents, currency, hours, pre_tax, employer) values (${this.customerId}, ${id}, ${at}, ${connectionId}, ${slip.person},
        ${line.category}, ${line.type}, ${line.name}, ${line.cents?.toString() ?? null}, ${line.currency}, ${line.hours ?? null},
        ${line.preTax ?? null}, ${line.employer ?? null})`;
  }

  /** Makes the kept totals of everybody as the sync does; of years that statements left too. */
  async keepTotals(left: readonly number[] = []): Promise<void> {
    const keys = await this.sql<{ connectionId: string; individualId: string; year: number }[]>`
      select distinct connection_id as "connectionId", individual_id as "individualId", coalesce(extract(year from pay_date)::int, 0) as year
      from pay_statements where customer_id = ${this.customerId}`;
    const { customerId } = this;
    for (const [connectionId, own] of Map.groupBy(keys, (key) => key.connectionId))
      await loginDatabase(this.workerUrl).transaction(async (tx) => {
        await tx.execute(
          text`select set_config('role', 'perch_sync', true), set_config('app.customer_id', ${customerId}, true)`,
        );
        const before = own.flatMap(({ individualId }) => left.map((year) => ({ individualId, year })));
        await rebuildTotals(tx, { customerId, connectionId, entityId: "" }, [...own, ...before]);
        const days = await listSummedDays(tx, { customerId, connectionId });
        await rebuildDays(
          tx,
          { customerId, connectionId },
          days.map(({ day }) => day),
        );
      });
  }

  async link(a: string, b: string, state = "confirmed"): Promise<void> {
    const [first = "", second = ""] = [a, b].sort();
    await this
      .sql`insert into individual_links (customer_id, individual_id, other_individual_id, state, evidence)
      values (${this.customerId}, ${first}, ${second}, ${state}, ${["ssn"]})`;
  }
}

/** A slip of plain wages in dollars: gross, a tax of a tenth, and net. */
export function wages(person: string, payDate: string | null, grossCents: bigint): TestSlip {
  const tax = grossCents / 10n;
  return {
    person,
    payDate,
    grossCents,
    grossCurrency: "usd",
    netCents: grossCents - tax,
    netCurrency: "usd",
    hours: "80",
    lines: [
      {
        category: "earning",
        type: "salary",
        name: "Salary",
        cents: grossCents,
        currency: "usd",
        hours: "80",
      },
      {
        category: "tax",
        type: "federal",
        name: "Federal Income Tax",
        cents: tax,
        currency: "usd",
        employer: false,
      },
    ],
  };
}

const measures = {
  gross: (each: YtdFigures) => each.grossCents,
  net: (each: YtdFigures) => each.netCents,
  // Of 4 decimals at most.
  hours: (each: YtdFigures) => BigInt(Math.round(Number(each.hours) * 10_000)),
  statements: (each: YtdFigures) => BigInt(each.statements),
  employerTaxes: (each: YtdFigures) => each.employerTaxesCents,
  unknownTaxes: (each: YtdFigures) => each.unknownTaxesCents,
  taxes: (each: YtdFigures) => each.taxesCents,
  deductions: (each: YtdFigures) => each.deductionsCents,
  contributions: (each: YtdFigures) => each.contributionsCents,
};

/**
 * Whoever has an amount stands in its order, those with the same one by name; who has nothing stands where zero does, or
 * last where there is nothing in that currency at all.
 */
export function isInOrder(
  { rows, totals }: YtdView,
  { sort = "name", descending = false }: Partial<YtdQuery>,
) {
  const valueOf = ({ figures }: YtdRow) => {
    const own = figures.find(({ currency }) => currency === totals[0]?.currency);
    return own && sort !== "name" ? measures[sort](own) : 0n;
  };
  const sign = descending ? -1 : 1;
  const byName = (a: YtdRow, b: YtdRow) => (a.name ?? "").localeCompare(b.name ?? "");
  const byValue = (a: YtdRow, b: YtdRow) => sign * Number(valueOf(a) - valueOf(b)) || byName(a, b);
  const some = sort === "name" ? rows : rows.filter((row) => valueOf(row) !== 0n);
  const sorted = some.toSorted(sort === "name" ? (a, b) => sign * byName(a, b) : byValue);
  const isPlaced = (at: number) =>
    rows.slice(at).every((row) => valueOf(row) === 0n) ||
    (rows.slice(0, at).every((row) => sign * Number(valueOf(row)) <= 0) &&
      rows.slice(at).every((row) => sign * Number(valueOf(row)) >= 0));
  return (
    some.every((row, at) => row === sorted[at]) &&
    rows.every((row, at) => valueOf(row) !== 0n || isPlaced(at))
  );
}
