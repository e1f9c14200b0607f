import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";
import { uuids } from "./uuids";

/** Writes of /pay-statement in bulk: rows travel as one JSON parameter (`json`, which is parsed faster than `jsonb`). */

/** Where a statement stands in the mirror. */
export interface StatementPlace {
  id: string;
  paymentId: string;
  individualId: string;
  ordinal: number;
  /** Place of the first statement of the page that gave it. */
  pageOffset: number;
}

/** What is known of a statement before a page is written. */
export interface KnownStatement extends StatementPlace {
  digest: string;
  seenAt: Date;
  isDeleted: boolean;
}

/** Amounts are minor units as text: JSON numbers are not exact enough. */
export interface StatementValues extends StatementPlace {
  type: string | null;
  paymentMethod: string | null;
  totalHours: string | null;
  grossPayCents: string | null;
  grossPayCurrency: string | null;
  netPayCents: string | null;
  netPayCurrency: string | null;
  nullCategories: readonly string[];
  /** How it adds up; null where that cannot be told. */
  grossIdentity: string | null;
  netIdentity: string | null;
  /** What its lines add up to; null where they are in several currencies. */
  employeeTaxesCents: string | null;
  employerTaxesCents: string | null;
  unknownTaxesCents: string | null;
  deductionsCents: string | null;
  contributionsCents: string | null;
  extra: unknown;
  digest: string;
}

/** A line; keys are short because a page has tens of thousands. */
export interface LineValues {
  /** The statement. */
  s: string;
  /** The person. */
  i: string;
  ordinal: number;
  category: string;
  type: string | null;
  name: string | null;
  cents: string | null;
  currency: string | null;
  hours: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  attributes: unknown;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;

/** The statements that some payments have of some people, deleted ones too. */
export async function findStatements(
  tx: Tx,
  scope: MirrorScope,
  paymentIds: readonly string[],
  individualIds: readonly string[],
): Promise<KnownStatement[]> {
  const rows = await tx.execute<Omit<KnownStatement, "seenAt"> & { seenMs: string }>(sql`
    select s.id, s.payment_id as "paymentId", s.individual_id as "individualId", s.ordinal, s.digest,
      s.page_offset as "pageOffset", (extract(epoch from s.seen_at) * 1000)::bigint as "seenMs",
      s.deleted_at is not null as "isDeleted"
    from pay_statements s where s.customer_id = ${scope.customerId}::uuid
      and s.payment_id = any(${uuids(paymentIds)}) and s.individual_id = any(${uuids(individualIds)})`);
  return rows.map(({ seenMs, ...row }) => ({ ...row, seenAt: new Date(Number(seenMs)) }));
}

const valueColumns = sql`x (id uuid, "paymentId" uuid, "individualId" uuid, ordinal int, "pageOffset" int, type text, "paymentMethod" text, "totalHours" numeric,
  "grossPayCents" bigint, "grossPayCurrency" text, "netPayCents" bigint, "netPayCurrency" text, "nullCategories" json,
  "grossIdentity" text, "netIdentity" text, "employeeTaxesCents" bigint, "employerTaxesCents" bigint, "unknownTaxesCents" bigint, "deductionsCents" bigint, "contributionsCents" bigint, extra jsonb, digest text)`;
const nullCategories = sql`array(select json_array_elements_text(x."nullCategories"))`;
const extra = sql`nullif(x.extra, 'null'::jsonb)`;

/** Writes statements that are not there yet, on their payments' dates. */
export async function insertStatements(
  tx: Tx,
  scope: MirrorScope,
  statements: readonly StatementValues[],
  fetchedAt: Date,
): Promise<void> {
  if (statements.length === 0) return;
  const paymentIds = uuids([...new Set(statements.map((statement) => statement.paymentId))]);
  await tx.execute(sql`
    with p as materialized (select id, pay_date, pay_period_start, pay_period_end from payments
      where customer_id = ${scope.customerId}::uuid and id = any(${paymentIds}))
    insert into pay_statements (customer_id, connection_id, entity_id, payment_id, pay_date, pay_period_start,
      pay_period_end, page_offset, seen_at, fetched_at, id, individual_id, ordinal, type, payment_method, total_hours,
      gross_pay_cents, gross_pay_currency, net_pay_cents, net_pay_currency, null_categories, gross_identity,
      net_identity, employee_taxes_cents, employer_taxes_cents, unknown_taxes_cents, deductions_cents,
      contributions_cents, extra, digest)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, p.id, p.pay_date,
      p.pay_period_start, p.pay_period_end, x."pageOffset", ${at(fetchedAt)}, ${at(fetchedAt)}, x.id, x."individualId",
      x.ordinal, x.type, x."paymentMethod", x."totalHours", x."grossPayCents", x."grossPayCurrency", x."netPayCents",
      x."netPayCurrency", ${nullCategories}, x."grossIdentity", x."netIdentity", x."employeeTaxesCents", x."employerTaxesCents", x."unknownTaxesCents", x."deductionsCents",
      x."contributionsCents", ${extra}, x.digest
    from json_to_recordset(${JSON.stringify(statements)}::json) as ${valueColumns} join p on p.id = x."paymentId"`);
}

/** Writes new content into statements that are there, and takes their lines away. Those that had gone are back. */
export async function reviseStatements(
  tx: Tx,
  scope: MirrorScope,
  statements: readonly StatementValues[],
  fetchedAt: Date,
): Promise<void> {
  if (statements.length === 0) return;
  const [rows, ids] = [JSON.stringify(statements), uuids(statements.map(({ id }) => id))];
  await tx.execute(sql`
    update pay_statements s set type = x.type, payment_method = x."paymentMethod", total_hours = x."totalHours",
      gross_pay_cents = x."grossPayCents", gross_pay_currency = x."grossPayCurrency", net_pay_cents = x."netPayCents",
      net_pay_currency = x."netPayCurrency", null_categories = ${nullCategories}, gross_identity = x."grossIdentity",
      net_identity = x."netIdentity", employee_taxes_cents = x."employeeTaxesCents", employer_taxes_cents = x."employerTaxesCents",
      unknown_taxes_cents = x."unknownTaxesCents", deductions_cents = x."deductionsCents",
      contributions_cents = x."contributionsCents", extra = ${extra}, digest = x.digest, page_offset = x."pageOffset",
      seen_at = ${at(fetchedAt)}, fetched_at = ${at(fetchedAt)}, version = s.version + 1, deleted_at = null
    from json_to_recordset(${rows}::json) as ${valueColumns}
    where s.customer_id = ${scope.customerId}::uuid and s.id = x.id and s.id = any(${ids})`);
  await tx.execute(sql`
    delete from pay_statement_lines l where l.customer_id = ${scope.customerId}::uuid and l.statement_id = any(${ids})`);
}

/** Notes that statements were given again as they are. Those that had gone are back. */
export async function touchStatements(
  tx: Tx,
  scope: MirrorScope,
  places: readonly Pick<StatementPlace, "id" | "pageOffset">[],
  fetchedAt: Date,
): Promise<void> {
  for (const [pageOffset, those] of Map.groupBy(places, (place) => place.pageOffset)) {
    await tx.execute(sql`
      update pay_statements s set seen_at = ${at(fetchedAt)}, page_offset = ${pageOffset}::int, deleted_at = null
      where s.customer_id = ${scope.customerId}::uuid and s.id = any(${uuids(those.map(({ id }) => id))})`);
  }
}

/** Digests of all that counts in totals of some statements: equal ones leave the totals as they are. */
export async function totalsDigests(
  tx: Tx,
  scope: MirrorScope,
  statementIds: readonly string[],
): Promise<Map<string, string>> {
  if (statementIds.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; digest: string }>(sql`
    select s.id, md5(json_build_array(s.gross_pay_cents, s.gross_pay_currency, s.net_pay_cents, s.net_pay_currency,
      s.total_hours, l.parts)::text) as digest
    from pay_statements s cross join lateral (
      select json_agg(json_build_array(category, type, name, pre_tax, employer, amount_cents, currency, hours) order by ordinal)
        as parts from pay_statement_lines l where l.customer_id = s.customer_id and l.statement_id = s.id) as l
    where s.customer_id = ${scope.customerId}::uuid and s.id = any(${uuids(statementIds)})`);
  return new Map(rows.map((row) => [row.id, row.digest]));
}

/** Writes lines of statements that have none. */
export async function insertLines(tx: Tx, scope: MirrorScope, lines: readonly LineValues[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.execute(sql`
    insert into pay_statement_lines (customer_id, connection_id, statement_id, individual_id, ordinal, category, type, name,
      amount_cents, currency, hours, pre_tax, employer, attributes)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, x.s, x.i, x.ordinal, x.category, x.type, x.name,
      x.cents, x.currency, x.hours, x."preTax", x.employer, nullif(x.attributes, 'null'::jsonb)
    from json_to_recordset(${JSON.stringify(lines)}::json) as x (s uuid, i uuid, ordinal int, category text, type text,
      name text, cents bigint, currency text, hours numeric, "preTax" boolean, employer boolean, attributes jsonb)`);
}
