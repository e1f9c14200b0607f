import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payments, payStatements } from "@/db/schema";
import { matchingPayments, type PaymentFilter } from "./payroll-payments";

/** How many statements the payments of some filters have; the filters share no payment. */
export async function countStatementsOfPayments(
  tx: Tx,
  customerId: string,
  filters: readonly PaymentFilter[],
): Promise<number> {
  const some = filters.filter(({ visible }) => visible.length > 0);
  if (some.length === 0) return 0;
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(payments)
    .innerJoin(
      payStatements,
      and(
        eq(payStatements.customerId, payments.customerId),
        eq(payStatements.paymentId, payments.id),
        isNull(payStatements.deletedAt),
      ),
    )
    .where(or(...some.map((filter) => matchingPayments(customerId, filter))));
  return row?.n ?? 0;
}
