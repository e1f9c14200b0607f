import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { beyond, orderBy, type SortKey } from "./keyset";

/** What Finch gave no data for, of one connection: errors of people (on the person) and of other items, as one list. */

export interface FailedItemsAt {
  customerId: string;
  connectionId: string;
}

export interface FailedItemRow {
  /** The step: individual, employment, pay_groups, pay_statements, benefits, documents. */
  product: string;
  entityId: string;
  finchId: string;
  individualId: string | null;
  code: number | null;
  name: string | null;
  finchCode: string | null;
  /** Null for what failed before that was noted. */
  since: Date | null;
  /** The row's place in the list. */
  place: string[];
}

const rowsOf = z.array(
  z.object({
    product: z.string(),
    entityId: z.string(),
    finchId: z.string(),
    individualId: z.string().nullable(),
    code: z.number().nullable(),
    name: z.string().nullable(),
    finchCode: z.string().nullable(),
    since: z.coerce.date().nullable(),
    order: z.string(),
    place: z.string(),
  }),
);

const personErrors = (
  product: "individual" | "employment",
  { customerId, connectionId }: FailedItemsAt,
) => sql`
  select ${sql.raw(`'${product}'`)}::text as product, i.entity_id, i.finch_individual_id as finch_id, i.id as individual_id,
    i.${sql.raw(`${product}_error`)} as error, null::timestamptz as since
  from individuals i
  where i.customer_id = ${customerId}::uuid and i.connection_id = ${connectionId}::uuid and i.deleted_at is null
    and i.${sql.raw(`${product}_error`)} is not null`;

const itemErrors = ({ customerId, connectionId }: FailedItemsAt) => sql`
  select e.product, e.entity_id, e.finch_id, e.individual_id,
    jsonb_build_object('code', e.code, 'name', e.name, 'finchCode', e.finch_code), e.first_seen_at
  from item_errors e
  where e.customer_id = ${customerId}::uuid and e.connection_id = ${connectionId}::uuid`;

/** All of them with the columns that they are shown and sorted by. Never the message: it may name somebody. */
function failedItems(at: FailedItemsAt): SQL {
  const parts = [personErrors("individual", at), personErrors("employment", at), itemErrors(at)];
  return sql`(
    select product, entity_id, finch_id, individual_id, error,
      coalesce(since, (error->>'since')::timestamptz, '-infinity') as since,
      concat_ws('/', product, entity_id, finch_id) as place
    from (${sql.join(parts, sql` union all `)}) parts
  ) f`;
}

/** Newest trouble first. */
const keys: SortKey[] = [
  { expression: sql`f.since`, descending: true, type: "timestamptz" },
  { expression: sql`f.place`, descending: true, type: "text" },
];

export interface FailedItemsPage {
  product: string | null;
  /** The row that the page follows, or that it precedes with `backwards`. */
  from: readonly string[] | null;
  backwards: boolean;
  limit: number;
}

/** A page of them, newest first; in reverse order where it is read backwards. */
export async function listFailedItems(
  tx: Tx,
  at: FailedItemsAt,
  { product, from, backwards, limit }: FailedItemsPage,
): Promise<FailedItemRow[]> {
  const wanted = product === null ? sql`true` : sql`f.product = ${product}`;
  const past = from === null ? sql`true` : beyond(keys, from, backwards);
  const rows = await tx.execute(sql`
    select f.product, f.entity_id as "entityId", f.finch_id as "finchId", f.individual_id as "individualId",
      (f.error->>'code')::int as code, f.error->>'name' as name, f.error->>'finchCode' as "finchCode",
      nullif(f.since, '-infinity') as since, f.since::text as "order", f.place
    from ${failedItems(at)} where ${wanted} and ${past} order by ${orderBy(keys, backwards)} limit ${limit}`);
  return rowsOf.parse([...rows]).map(({ order, place, ...row }) => ({ ...row, place: [order, place] }));
}

/** How many there are of each product. */
export async function countFailedItems(tx: Tx, at: FailedItemsAt): Promise<Map<string, number>> {
  const rows = await tx.execute<{ product: string; items: number }>(
    sql`select f.product, count(*)::int as items from ${failedItems(at)} group by f.product`,
  );
  return new Map([...rows].map(({ product, items }) => [product, items]));
}
