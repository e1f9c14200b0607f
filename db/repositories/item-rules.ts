import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { itemRuleChanges, payStatementRules } from "@/db/schema";

/** Finch's rules on pay statement items as they are mirrored, and what was asked of Finch about them. */

export type ItemRuleRow = typeof payStatementRules.$inferSelect;
export type ItemRuleChangeRow = typeof itemRuleChanges.$inferSelect;

interface Place {
  customerId: string;
  connectionId: string;
}

/** Those that are there, in the order in which they count. */
export function listItemRuleRows(tx: Tx, { customerId, connectionId }: Place): Promise<ItemRuleRow[]> {
  return tx
    .select()
    .from(payStatementRules)
    .where(
      and(
        eq(payStatementRules.customerId, customerId),
        eq(payStatementRules.connectionId, connectionId),
        isNull(payStatementRules.deletedAt),
      ),
    )
    .orderBy(
      asc(payStatementRules.entityId),
      asc(payStatementRules.priority),
      asc(payStatementRules.finchRuleId),
    );
}

/** The latest ones first. */
export function listRuleChanges(
  tx: Tx,
  { customerId, connectionId }: Place,
  limit: number,
): Promise<ItemRuleChangeRow[]> {
  return tx
    .select()
    .from(itemRuleChanges)
    .where(and(eq(itemRuleChanges.customerId, customerId), eq(itemRuleChanges.connectionId, connectionId)))
    .orderBy(desc(itemRuleChanges.createdAt), desc(itemRuleChanges.id))
    .limit(limit);
}

export async function findRuleChange(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<ItemRuleChangeRow | null> {
  const [row] = await tx
    .select()
    .from(itemRuleChanges)
    .where(and(eq(itemRuleChanges.customerId, customerId), eq(itemRuleChanges.id, id)))
    .for("update");
  return row ?? null;
}

type NewRuleChange = Pick<
  ItemRuleChangeRow,
  "customerId" | "connectionId" | "entityId" | "kind" | "finchRuleId" | "wanted" | "requestedBy"
>;

/** Null where another change of the same rules is open. */
export async function insertRuleChange(tx: Tx, row: NewRuleChange): Promise<string | null> {
  const [inserted] = await tx
    .insert(itemRuleChanges)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: itemRuleChanges.id });
  return inserted?.id ?? null;
}

type RuleChangePatch = Partial<Pick<ItemRuleChangeRow, "state" | "code" | "message" | "requestId">>;

/** Goes on with a change that is open: `begin` notes when it was sent first, `finish` that it is over. */
export async function updateRuleChange(
  tx: Tx,
  { customerId, id }: Pick<ItemRuleChangeRow, "customerId" | "id">,
  patch: RuleChangePatch,
  when: "begin" | "finish" | null = null,
): Promise<void> {
  await tx
    .update(itemRuleChanges)
    .set({
      ...patch,
      ...(when === "begin"
        ? { startedAt: sql`coalesce(${itemRuleChanges.startedAt}, clock_timestamp())` }
        : {}),
      ...(when === "finish" ? { finishedAt: sql`clock_timestamp()` } : {}),
    })
    .where(
      and(
        eq(itemRuleChanges.customerId, customerId),
        eq(itemRuleChanges.id, id),
        isNull(itemRuleChanges.finishedAt),
      ),
    );
}

/** Names of lines that a rule can be for, the most frequent first. */
export async function listItemNames(tx: Tx, place: Place, limit: number): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select t.name from wage_total_lines t
    where t.customer_id = ${place.customerId}::uuid and t.connection_id = ${place.connectionId}::uuid and t.name is not null
    group by 1 order by sum(t.lines) desc, 1 limit ${limit}`);
  return rows.map(({ name }) => name);
}
