import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individuals, payStatements } from "@/db/schema";
import { ofPerson, type StatementsOf } from "./pay-statements";
import { uuids } from "./uuids";

/** A statement beside another one. */
export interface NeighbourRow {
  id: string;
  paymentId: string;
  payDate: string | null;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
}

interface Neighbours {
  before: string | null;
  after: string | null;
  place: number;
  count: number;
}

const around = sql`lag(s.id) over w as before, lead(s.id) over w as after,
  (row_number() over w)::int as place, (count(*) over ())::int as count`;

/** The person's statements before and after one by pay date, undated ones last; ids only. */
export async function findOwnNeighbours(
  tx: Tx,
  person: StatementsOf,
  id: string,
): Promise<Neighbours | null> {
  const [row] = await tx.execute<Neighbours & Record<string, unknown>>(sql`
    select x.before, x.after, x.place, x.count from (
      select s.id, ${around} from pay_statements s where ${ofPerson(person)}
      window w as (order by s.pay_date, s.pay_period_end, s.payment_id, s.ordinal)) as x
    where x.id = ${id}::uuid`);
  return row ?? null;
}

/**
 * The statements of the same payment before and after one, by name as the payment's table has them, or by id for readers
 * who may not see who people are; ids only.
 */
export async function findPaymentNeighbours(
  tx: Tx,
  customerId: string,
  { paymentId, id }: { paymentId: string; id: string },
  byName: boolean,
): Promise<Neighbours | null> {
  const [row] = await tx.execute<Neighbours & Record<string, unknown>>(sql`
    select x.before, x.after, x.place, x.count from (
      select s.id, ${around} from pay_statements s
      join individuals i on i.customer_id = ${customerId}::uuid and i.id = s.individual_id
      where s.customer_id = ${customerId}::uuid and s.payment_id = ${paymentId}::uuid and s.deleted_at is null
      window w as (order by ${byName ? sql`i.sort_name, s.id` : sql`s.id`})) as x
    where x.id = ${id}::uuid`);
  return row ?? null;
}

/** Names and dates of some statements, by id. */
export async function listNeighbours(
  tx: Tx,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, NeighbourRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({
      id: payStatements.id,
      paymentId: payStatements.paymentId,
      payDate: payStatements.payDate,
      firstName: individuals.firstName,
      lastName: individuals.lastName,
      preferredName: individuals.preferredName,
    })
    .from(payStatements)
    .innerJoin(
      individuals,
      and(
        eq(individuals.customerId, payStatements.customerId),
        eq(individuals.id, payStatements.individualId),
      ),
    )
    .where(
      and(
        eq(payStatements.customerId, customerId),
        sql`${payStatements.id} = any(${uuids(ids)})`,
        isNull(payStatements.deletedAt),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}
