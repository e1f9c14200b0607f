import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

export interface PayStatementItemValues {
  category: string | null;
  name: string | null;
  type: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  metadata: unknown;
}

export interface PayStatementRuleValues {
  finchId: string;
  conditions: unknown;
  attributes: unknown;
  priority: number | null;
  effectiveStartDate: string | null;
  effectiveEndDate: string | null;
  createdAt: string | null;
  updatedAt: string | null;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
const own = (scope: MirrorScope) =>
  sql`m.customer_id = ${scope.customerId}::uuid and m.connection_id = ${scope.connectionId}::uuid and m.entity_id = ${scope.entityId}`;
const ownColumns = (scope: MirrorScope) =>
  sql`${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}`;

/** Replaces the distinct names of lines as a set, in Finch's order, unless a newer set is there. */
export async function replacePayStatementItems(
  tx: Tx,
  scope: MirrorScope,
  items: readonly PayStatementItemValues[],
  fetchedAt: Date,
): Promise<void> {
  const [newer] = await tx.execute(
    sql`select from pay_statement_items m where ${own(scope)} and m.fetched_at > ${at(fetchedAt)} limit 1`,
  );
  if (newer) return;
  await tx.execute(sql`delete from pay_statement_items m where ${own(scope)}`);
  const rows = JSON.stringify(items.map((item, ordinal) => ({ ...item, ordinal })));
  await tx.execute(sql`
    insert into pay_statement_items (customer_id, connection_id, entity_id, ordinal, category, name, type, pre_tax, employer,
      metadata, fetched_at)
    select ${ownColumns(scope)}, x.ordinal, x.category, x.name, x.type, x."preTax", x.employer,
      nullif(x.metadata, 'null'::jsonb), ${at(fetchedAt)}
    from jsonb_to_recordset(${rows}::jsonb) as x (ordinal int, category text, name text, type text, "preTax" boolean,
      employer boolean, metadata jsonb)`);
}

/** Makes the rules equal to Finch's; one that is no longer there is marked. Older answers change nothing. */
export async function replacePayStatementRules(
  tx: Tx,
  scope: MirrorScope,
  rules: readonly PayStatementRuleValues[],
  fetchedAt: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into pay_statement_rules as r (customer_id, connection_id, entity_id, finch_rule_id, conditions, attributes, priority,
      effective_start_date, effective_end_date, created_at_finch, updated_at_finch, fetched_at)
    select ${ownColumns(scope)}, x."finchId", nullif(x.conditions, 'null'::jsonb), nullif(x.attributes, 'null'::jsonb), x.priority,
      x."effectiveStartDate", x."effectiveEndDate", x."createdAt", x."updatedAt", ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as x ("finchId" text, conditions jsonb, attributes jsonb,
      priority int, "effectiveStartDate" text, "effectiveEndDate" text, "createdAt" text, "updatedAt" text)
    on conflict (customer_id, connection_id, entity_id, finch_rule_id) do update
      set conditions = excluded.conditions, attributes = excluded.attributes, priority = excluded.priority,
        effective_start_date = excluded.effective_start_date, effective_end_date = excluded.effective_end_date,
        created_at_finch = excluded.created_at_finch, updated_at_finch = excluded.updated_at_finch,
        fetched_at = excluded.fetched_at, deleted_at = null
      where r.fetched_at <= excluded.fetched_at`);
  await tx.execute(sql`
    update pay_statement_rules m set deleted_at = ${at(fetchedAt)}, fetched_at = ${at(fetchedAt)}
    where ${own(scope)} and m.deleted_at is null and m.fetched_at < ${at(fetchedAt)}`);
}
