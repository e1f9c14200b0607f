import type { Sql } from "postgres";

/** Payroll of the world: a payment of each connection with a statement of each of its people. */

/** Where a person's statement stands. */
export interface PaidPlace {
  paymentId: string;
  statementId: string;
}

interface Place {
  customerId: string;
  connectionId: string;
  individualId: string;
}

/** What the statement shows of the person and of nobody else. Amounts are cents as text. */
interface PayValues {
  gross: string;
  net: string;
  "wage's name": string;
  "tax's name": string;
  tax: string;
}

/** The payment of a connection, made with its first statement. */
export async function plantPay(sql: Sql, place: Place, pay: PayValues): Promise<PaidPlace> {
  const { customerId, connectionId, individualId } = place;
  const [known] = await sql<{ id: string }[]>`select id from payments where connection_id = ${connectionId}`;
  const [payment] = known
    ? [known]
    : await sql<{ id: string }[]>`
        insert into payments (customer_id, connection_id, finch_payment_id, pay_date, pay_period_start, pay_period_end,
          fetched_at, statements_state)
        values (${customerId}, ${connectionId}, ${`payment-${connectionId}`}, '2026-01-16', '2026-01-01', '2026-01-15',
          now(), 'complete') returning id`;
  const paymentId = payment?.id ?? "";
  const [row] = await sql<{ id: string }[]>`
    insert into pay_statements (customer_id, connection_id, payment_id, individual_id, ordinal, type, payment_method,
      gross_pay_cents, gross_pay_currency, net_pay_cents, net_pay_currency, pay_date, digest, seen_at, fetched_at)
    values (${customerId}, ${connectionId}, ${paymentId}, ${individualId}, 0, 'regular_payroll', 'direct_deposit',
      ${pay.gross}, 'usd', ${pay.net}, 'usd', '2026-01-16', 'planted', now(), now()) returning id`;
  const statementId = row?.id ?? "";
  const line = {
    customer_id: customerId,
    connection_id: connectionId,
    statement_id: statementId,
    individual_id: individualId,
    currency: "usd",
  };
  await sql`insert into pay_statement_lines ${sql([
    {
      ...line,
      ordinal: 0,
      category: "earning",
      type: "salary",
      name: pay["wage's name"],
      amount_cents: pay.gross,
      employer: null,
    },
    {
      ...line,
      ordinal: 1,
      category: "tax",
      type: "federal",
      name: pay["tax's name"],
      amount_cents: pay.tax,
      employer: false,
    },
  ])}`;
  return { paymentId, statementId };
}
