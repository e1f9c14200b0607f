import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individuals, payments, payStatementLines, payStatements } from "@/db/schema";

/** Reads of pay statements. Everything asks for statements that are there; row-level security says whose. */

/** Whose statements: one person in one connection. */
export interface StatementsOf {
  customerId: string;
  connectionId: string;
  individualId: string;
}

const statementColumns = {
  id: payStatements.id,
  connectionId: payStatements.connectionId,
  entityId: payStatements.entityId,
  paymentId: payStatements.paymentId,
  individualId: payStatements.individualId,
  ordinal: payStatements.ordinal,
  type: payStatements.type,
  paymentMethod: payStatements.paymentMethod,
  totalHours: payStatements.totalHours,
  grossPayCents: payStatements.grossPayCents,
  grossPayCurrency: payStatements.grossPayCurrency,
  netPayCents: payStatements.netPayCents,
  netPayCurrency: payStatements.netPayCurrency,
  payDate: payStatements.payDate,
  payPeriodStart: payStatements.payPeriodStart,
  payPeriodEnd: payStatements.payPeriodEnd,
  nullCategories: payStatements.nullCategories,
  grossIdentity: payStatements.grossIdentity,
  netIdentity: payStatements.netIdentity,
  fetchedAt: payStatements.fetchedAt,
};
export type PayStatementRow = Pick<typeof payStatements.$inferSelect, keyof typeof statementColumns>;

const personColumns = {
  firstName: individuals.firstName,
  lastName: individuals.lastName,
  preferredName: individuals.preferredName,
  title: individuals.title,
  department: individuals.department,
  deletedAt: individuals.deletedAt,
};

/** A statement with its person's name, or null where it is not there or of a connection that is not visible. */
export async function findPayStatement(tx: Tx, customerId: string, id: string, visible: readonly string[]) {
  if (visible.length === 0) return null;
  const [row] = await tx
    .select({ ...statementColumns, person: personColumns })
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
        eq(payStatements.id, id),
        inArray(payStatements.connectionId, [...visible]),
        isNull(payStatements.deletedAt),
      ),
    );
  return row ?? null;
}

/** What the payment of a statement adds to it; employees have no right on payments. */
export async function findPaymentOf(tx: Tx, customerId: string, paymentId: string) {
  const [row] = await tx
    .select({
      finchPaymentId: payments.finchPaymentId,
      debitDate: payments.debitDate,
      payFrequencies: payments.payFrequencies,
      statementsState: payments.statementsState,
    })
    .from(payments)
    .where(and(eq(payments.customerId, customerId), eq(payments.id, paymentId)));
  return row ?? null;
}

const lineColumns = {
  ordinal: payStatementLines.ordinal,
  category: payStatementLines.category,
  type: payStatementLines.type,
  name: payStatementLines.name,
  amountCents: payStatementLines.amountCents,
  currency: payStatementLines.currency,
  hours: payStatementLines.hours,
  preTax: payStatementLines.preTax,
  employer: payStatementLines.employer,
};
export type StatementLineRow = Pick<typeof payStatementLines.$inferSelect, keyof typeof lineColumns>;

/** The lines of a statement in Finch's order. */
export function listStatementLines(
  tx: Tx,
  customerId: string,
  statementId: string,
): Promise<StatementLineRow[]> {
  return tx
    .select(lineColumns)
    .from(payStatementLines)
    .where(and(eq(payStatementLines.customerId, customerId), eq(payStatementLines.statementId, statementId)))
    .orderBy(asc(payStatementLines.ordinal));
}

/** Of a person's statements, as "s". */
export const ofPerson = ({ customerId, connectionId, individualId }: StatementsOf) => sql`
  s.customer_id = ${customerId}::uuid and s.connection_id = ${connectionId}::uuid
  and s.individual_id = ${individualId}::uuid and s.deleted_at is null`;

/** Years in which a person has statements, newest first, with how many; 0 is undated. */
export async function listStatementYears(
  tx: Tx,
  person: StatementsOf,
): Promise<{ year: number; statements: number }[]> {
  const rows = await tx.execute<{ year: number; statements: number }>(sql`
    select coalesce(extract(year from s.pay_date)::int, 0) as year, count(*)::int as statements
    from pay_statements s where ${ofPerson(person)} group by 1 order by 1 desc`);
  return [...rows];
}

/**
 * Pay dates up to a day of which own pay may be missing, newest first; null is an undated payment. Only for the employee of
 * the scope: the database answers nobody else.
 */
export async function listOwnAwaitedPay(tx: Tx, through: string): Promise<(string | null)[]> {
  const rows = await tx.execute<{ day: string | null }>(
    sql`select pay_date::text as day from list_own_awaited_pay(${through}::date)`,
  );
  return rows.map(({ day }) => day);
}

/** A person's statements of a year, newest first; 0 asks for undated ones. */
export function listStatementsOfYear(tx: Tx, person: StatementsOf, year: number): Promise<PayStatementRow[]> {
  const [from, to] = [`${String(year).padStart(4, "0")}-01-01`, `${String(year).padStart(4, "0")}-12-31`];
  return tx
    .select(statementColumns)
    .from(payStatements)
    .where(
      and(
        eq(payStatements.customerId, person.customerId),
        eq(payStatements.connectionId, person.connectionId),
        eq(payStatements.individualId, person.individualId),
        isNull(payStatements.deletedAt),
        year === 0
          ? isNull(payStatements.payDate)
          : sql`${payStatements.payDate} >= ${from}::date and ${payStatements.payDate} <= ${to}::date`,
      ),
    )
    .orderBy(
      sql`${payStatements.payDate} desc, ${payStatements.payPeriodEnd} desc, ${payStatements.paymentId}, ${payStatements.ordinal}`,
    );
}
