import { and, asc, eq, gte, inArray, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payments } from "@/db/schema";
import type { MirrorScope } from "./raw-records";
import { uuids } from "./uuids";

/**
 * A pass reads the statements of one payment, page by page, over one or several requests. While it is open, `pages`
 * holds the offsets that were written; a run that has ended its pass over a payment leaves `runId` there and no pages.
 */
export interface PaymentPass {
  id: string;
  finchId: string;
  payDate: string | null;
  payPeriodStart: string | null;
  payPeriodEnd: string | null;
  /** How many people the list of payments names; null where it names none. */
  people: number | null;
  state: string;
  /** Statements of the last complete pass, and when that began. */
  statementsCount: number | null;
  statementsFetchedAt: Date | null;
  runId: string | null;
  /** Null in an open pass: it begins, or begins anew, with the next request. */
  startedAt: Date | null;
  /** Statements of the payment as this pass was told. */
  count: number | null;
  pages: number[] | null;
  restarts: number;
}

const columns = {
  id: payments.id,
  finchId: payments.finchPaymentId,
  payDate: payments.payDate,
  payPeriodStart: payments.payPeriodStart,
  payPeriodEnd: payments.payPeriodEnd,
  people: sql<number | null>`cardinality(${payments.individualIds})`,
  state: payments.statementsState,
  statementsCount: payments.statementsCount,
  statementsFetchedAt: payments.statementsFetchedAt,
  runId: payments.passRunId,
  startedAt: payments.passStartedAt,
  count: payments.passCount,
  pages: payments.passPages,
  restarts: payments.passRestarts,
};

const own = (scope: MirrorScope) =>
  and(
    eq(payments.customerId, scope.customerId),
    eq(payments.connectionId, scope.connectionId),
    eq(payments.entityId, scope.entityId),
  );

interface Wanted {
  runId: string;
  /** full: all; window: from `since` on, undated, and what is incomplete; repair: only what is incomplete. */
  runScope: string;
  since: string;
  /** What is older and not in the newest list has left the provider's history: there is nothing to ask for. */
  historyFrom: string;
}

const isInNewestList = (scope: MirrorScope) =>
  sql`${payments.fetchedAt} >= (select max(p.fetched_at) from payments p where p.customer_id = ${scope.customerId}::uuid
    and p.connection_id = ${scope.connectionId}::uuid and p.entity_id = ${scope.entityId})`;

/** The payments whose statements a run has to read and has not, newest pay date first (DOMAIN 1.4). */
export function listPaymentsToRead(
  tx: Tx,
  scope: MirrorScope,
  { runId, runScope, since, historyFrom }: Wanted,
): Promise<PaymentPass[]> {
  const incomplete = ne(payments.statementsState, "complete");
  const open = and(eq(payments.passRunId, runId), isNotNull(payments.passPages));
  const wanted = {
    full: undefined,
    window: or(incomplete, open, gte(payments.payDate, since), isNull(payments.payDate)),
    repair: or(incomplete, open),
  }[runScope];
  return tx
    .select(columns)
    .from(payments)
    .where(
      and(
        own(scope),
        isNull(payments.deletedAt),
        or(sql`${payments.passRunId} is distinct from ${runId}::uuid`, isNotNull(payments.passPages)),
        wanted,
        or(isNull(payments.payDate), gte(payments.payDate, historyFrom), isInNewestList(scope)),
      ),
    )
    .orderBy(sql`${payments.payDate} desc nulls last`, asc(payments.finchPaymentId));
}

/** Those of some payments that are still there, locked, by id. */
export async function lockPasses(
  tx: Tx,
  scope: MirrorScope,
  ids: readonly string[],
): Promise<Map<string, PaymentPass>> {
  const rows = await tx
    .select(columns)
    .from(payments)
    .where(and(own(scope), inArray(payments.id, [...ids]), isNull(payments.deletedAt)))
    .orderBy(asc(payments.id))
    .for("update");
  return new Map(rows.map((row) => [row.id, row]));
}

/** Begins the passes of a request, or goes on with those that this run has begun; gives when each began. */
export async function beginPasses(
  tx: Tx,
  scope: MirrorScope,
  ids: readonly string[],
  { runId, at }: { runId: string; at: Date },
): Promise<Map<string, Date>> {
  const isNew = sql`${payments.passRunId} is distinct from ${runId}::uuid`;
  const begins = sql`(${isNew} or ${payments.passStartedAt} is null)`;
  const rows = await tx
    .update(payments)
    .set({
      passRunId: runId,
      passStartedAt: sql`case when ${begins} then ${at.toISOString()}::timestamptz else ${payments.passStartedAt} end`,
      passCount: sql`case when ${begins} then null else ${payments.passCount} end`,
      passPages: sql`case when ${begins} then '{}' else ${payments.passPages} end`,
      passRestarts: sql`case when ${isNew} then 0 else ${payments.passRestarts} end`,
    })
    .where(and(own(scope), inArray(payments.id, [...ids])))
    .returning({ id: payments.id, startedAt: payments.passStartedAt });
  return new Map(rows.flatMap(({ id, startedAt }) => (startedAt ? [[id, startedAt] as const] : [])));
}

/** Writes down where a pass stands. @param error why Finch gave nothing; left out, what is known of that stays */
export async function savePass(
  tx: Tx,
  scope: MirrorScope,
  pass: Pick<PaymentPass, "id" | "state" | "startedAt" | "count" | "pages" | "restarts">,
  error?: unknown,
): Promise<void> {
  await tx
    .update(payments)
    .set({
      statementsState: pass.state,
      ...(error === undefined ? {} : { statementsError: error }),
      passStartedAt: pass.startedAt,
      passCount: pass.count,
      passPages: pass.pages,
      passRestarts: pass.restarts,
    })
    .where(and(own(scope), eq(payments.id, pass.id)));
}

/** Ends passes that read everything: what they saw is what Finch has. */
export async function completePasses(
  tx: Tx,
  scope: MirrorScope,
  passes: readonly Pick<PaymentPass, "id" | "count">[],
): Promise<void> {
  const ids = passes.map((pass) => pass.id);
  if (ids.length === 0) return;
  const rows = JSON.stringify(passes.map(({ id, count }) => ({ id, count })));
  await tx.execute(sql`
    update payments p set statements_state = 'complete', statements_count = x.count, statements_error = null,
      statements_fetched_at = p.pass_started_at, pass_count = x.count, pass_started_at = null, pass_pages = null
    from json_to_recordset(${rows}::json) as x (id uuid, count int)
    where p.customer_id = ${scope.customerId}::uuid and p.id = any(${uuids(ids)}) and p.id = x.id`);
}

/** Ends this run's passes over some payments, or all that are still open. */
export async function closePasses(
  tx: Tx,
  scope: MirrorScope,
  runId: string,
  ids?: readonly string[],
): Promise<void> {
  if (ids?.length === 0) return;
  await tx
    .update(payments)
    .set({ passPages: null, passStartedAt: null })
    .where(and(own(scope), eq(payments.passRunId, runId), ids ? inArray(payments.id, [...ids]) : undefined));
}

/** How many payments of a run stand in each state. */
export async function countPasses(tx: Tx, scope: MirrorScope, runId: string): Promise<Map<string, number>> {
  const rows = await tx
    .select({ state: payments.statementsState, n: sql<number>`count(*)::int` })
    .from(payments)
    .where(and(own(scope), eq(payments.passRunId, runId), isNull(payments.deletedAt)))
    .groupBy(payments.statementsState);
  return new Map(rows.map(({ state, n }) => [state, n]));
}
