import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { lineCounts, liveSlipsOf, type YtdScope } from "./ytd-source";

/** The statements and lines behind year-to-date sums: read from the mirror itself, never from kept totals. */

interface OfSlip {
  anchor: string;
  individualId: string;
  connectionId: string;
  statementId: string;
  paymentId: string;
  payDate: string | null;
}

export interface CountedSlipRow extends OfSlip {
  type: string | null;
  grossCents: bigint | null;
  grossCurrency: string;
  netCents: bigint | null;
  netCurrency: string;
  /** Under which it is counted as a statement, and its hours with it. */
  currency: string;
  hours: string | null;
  /** Only its 1099 lines count. */
  linesOnly: boolean;
}

/** Statements that count, oldest first. */
export async function listCountedSlips(
  tx: Tx,
  scope: YtdScope,
  anchors: readonly string[],
): Promise<CountedSlipRow[]> {
  if (anchors.length === 0 || scope.visible.length === 0) return [];
  type Wire = Omit<CountedSlipRow, "grossCents" | "netCents"> & {
    grossCents: string | null;
    netCents: string | null;
  };
  const rows = await tx.execute<Wire & Record<string, unknown>>(sql`
    select s.anchor, s.individual_id as "individualId", s.connection_id as "connectionId", s.id as "statementId", s.payment_id as "paymentId",
      s.pay_date::text as "payDate", s.type, s.gross_pay_cents as "grossCents", lower(coalesce(s.gross_pay_currency, '')) as "grossCurrency",
      s.net_pay_cents as "netCents", lower(coalesce(s.net_pay_currency, '')) as "netCurrency",
      lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')) as currency, s.total_hours::text as hours, not s.whole as "linesOnly"
    from (${liveSlipsOf(scope, anchors)}) s order by s.pay_date nulls first, s.id`);
  return rows.map((row) => ({
    ...row,
    grossCents: row.grossCents === null ? null : BigInt(row.grossCents),
    netCents: row.netCents === null ? null : BigInt(row.netCents),
  }));
}

export interface CountedLineRow extends OfSlip {
  ordinal: number;
  category: "earning" | "tax" | "deduction" | "contribution";
  type: string | null;
  name: string | null;
  /** Null where Finch gave no amount: it adds nothing. */
  amountCents: bigint | null;
  currency: string;
  hours: string | null;
  preTax: boolean | null;
  employer: boolean | null;
}

/** Lines of the statements that count, oldest first. */
export async function listCountedLines(
  tx: Tx,
  scope: YtdScope,
  anchors: readonly string[],
): Promise<CountedLineRow[]> {
  if (anchors.length === 0 || scope.visible.length === 0) return [];
  type Wire = Omit<CountedLineRow, "amountCents"> & { amountCents: string | null };
  const rows = await tx.execute<Wire & Record<string, unknown>>(sql`
    select s.anchor, s.individual_id as "individualId", s.connection_id as "connectionId", s.id as "statementId", s.payment_id as "paymentId",
      s.pay_date::text as "payDate", l.ordinal, l.category, l.type, l.name, l.amount_cents as "amountCents",
      lower(coalesce(l.currency, '')) as currency, l.hours::text as hours, l.pre_tax as "preTax", l.employer
    from (${liveSlipsOf(scope, anchors)}) s cross join lateral (select * from pay_statement_lines p
      where p.customer_id = ${scope.customerId}::uuid and p.statement_id = s.id offset 0) l
    where ${lineCounts(scope)}
    order by s.pay_date nulls first, s.id, l.ordinal`);
  return rows.map((row) => ({
    ...row,
    amountCents: row.amountCents === null ? null : BigInt(row.amountCents),
  }));
}
