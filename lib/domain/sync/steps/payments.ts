import { inScope, type Tx } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import {
  listAbsentPayments,
  markPaymentsDeleted,
  upsertPayments,
  type PaymentValues,
} from "@/db/repositories/mirror-payments";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { deleteStatementsOf, redateStatements } from "@/db/repositories/statement-removals";
import { holdRows, resolveHold } from "@/db/repositories/sync-holds";
import { updateStep } from "@/db/repositories/sync-steps";
import { streamPayments, type FinchOk, type FinchPayment, type StreamEnd } from "@/lib/finch";
import { fetchTime, inLease, type Held } from "../lease";
import { pageSizes } from "../page-sizes";
import { allDates, firstJudgedDay, paymentDates, type DateRange } from "../payment-dates";
import { saveFreshness } from "../save-progress";
import { planReading } from "../statements/reading";
import { loadSuppressions } from "../suppressions";
import type { Step, StepEnd, StepWork } from "../work";
import { heldNote } from "./listed";

/** Undefined: some that are known were not among them, and where they are is to be asked. */
type Pass = StepEnd | undefined;

/**
 * Mirrors the payments of the run's dates in one request. One that is missing there may have been moved out of the
 * dates: before it counts as gone, all dates are asked for.
 */
export const paymentsStep: Step = async (work) => {
  const today = await inScope(work.ctx, (tx) => readToday(tx, work.scope.customerId), { readOnly: true });
  const all = allDates(today);
  const range = work.cursor.allDates ? all : paymentDates(work.runScope, today);
  const judgedFrom = firstJudgedDay(work.connection.providerId, today);
  const ending = await readPayments(work, { ...range, judgedFrom, isAll: range.from === all.from });
  return ending ?? (await readPayments(work, { ...all, judgedFrom, isAll: true })) ?? { end: "done" };
};

/** What is asked for, and from which day on a missing payment counts as gone. */
type Range = DateRange & { isAll: boolean; judgedFrom: string };

async function readPayments(work: StepWork, range: Range): Promise<Pass> {
  const fetchedAt = await fetchTime(work.ctx);
  let done = 0;
  const query = { ...work.scope, startDate: range.from, endDate: range.to };
  const outcome = await streamPayments(work.caller, work.token, query, (payments) =>
    inLease(work.ctx, work.lease, async (tx) => {
      await writePayments(tx, work, payments, fetchedAt);
      done += payments.length;
      await updateStep(tx, work.lease.key, { done });
    }),
  );
  if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
  return inLease(work.ctx, work.lease, async (tx, held) => {
    const ending = await endPass(tx, work, held, outcome, range, fetchedAt);
    if (ending) await planReading(tx, work, pageSizes.statements);
    await saveFreshness(tx, held, "payment", outcome.age, fetchedAt);
    const goesOn = ending ? {} : { plannedRequests: 2, cursor: { allDates: true } };
    await updateStep(tx, work.lease.key, {
      done,
      total: done,
      itemErrors: outcome.data.unreadable,
      ...goesOn,
    });
    return ending;
  });
}

async function writePayments(
  tx: Tx,
  { scope }: StepWork,
  payments: readonly FinchPayment[],
  fetchedAt: Date,
): Promise<void> {
  const isErased = await loadSuppressions(tx, scope);
  // An id twice would stop the whole write; the later one counts.
  const unique = [...new Map(payments.map((payment) => [payment.id, payment])).values()];
  const moved = await upsertPayments(
    tx,
    scope,
    unique.map((payment) => toValues(payment, isErased)),
    fetchedAt,
  );
  const raws = unique.map(({ id, raw }) => ({ finchId: id, raw }));
  await upsertRawRecords(tx, scope, "payment", raws, fetchedAt);
  await redateStatements(
    tx,
    scope,
    moved.map((payment) => payment.id),
  );
}

function toValues(payment: FinchPayment, isErased: (id: string) => boolean): PaymentValues {
  const { companyDebit, grossPay, netPay, employerTaxes, employeeTaxes } = payment;
  return {
    finchId: payment.id,
    payPeriodStart: payment.payPeriodStart,
    payPeriodEnd: payment.payPeriodEnd,
    payDate: payment.payDate,
    debitDate: payment.debitDate,
    companyDebitCents: companyDebit?.amountCents?.toString() ?? null,
    companyDebitCurrency: companyDebit?.currency ?? null,
    grossPayCents: grossPay?.amountCents?.toString() ?? null,
    grossPayCurrency: grossPay?.currency ?? null,
    netPayCents: netPay?.amountCents?.toString() ?? null,
    netPayCurrency: netPay?.currency ?? null,
    employerTaxesCents: employerTaxes?.amountCents?.toString() ?? null,
    employerTaxesCurrency: employerTaxes?.currency ?? null,
    employeeTaxesCents: employeeTaxes?.amountCents?.toString() ?? null,
    employeeTaxesCurrency: employeeTaxes?.currency ?? null,
    individualIds: payment.individualIds?.filter((id) => !isErased(id)) ?? null,
    payGroupIds: payment.payGroupIds,
    payFrequencies: payment.payFrequencies,
  };
}

/** Marks who is gone after a complete answer; nothing where there was data is held (DOMAIN 1.3). */
async function endPass(
  tx: Tx,
  { scope }: StepWork,
  { run }: Held,
  { data, requestId }: FinchOk<StreamEnd>,
  range: Range,
  fetchedAt: Date,
): Promise<Pass> {
  if (data.unreadable > 0) {
    const payments = data.unreadable === 1 ? "1 payment" : `${data.unreadable} payments`;
    return { end: "done", message: `${payments} could not be read; none was taken out.` };
  }
  const judged = { ...range, from: range.judgedFrom > range.from ? range.judgedFrom : range.from };
  const absent = await listAbsentPayments(tx, scope, judged, fetchedAt);
  if (data.items === 0 && absent.length > 0) {
    const empty = { product: "payments" as const, rows: absent.length, runId: run.id, requestId };
    if (!(await holdRows(tx, scope, empty))) return { end: "done", message: heldNote(absent.length) };
  } else if (absent.length > 0 && !range.isAll) return undefined;
  await markPaymentsDeleted(tx, scope, absent, fetchedAt);
  await deleteStatementsOf(tx, scope, absent, fetchedAt);
  await resolveHold(tx, scope, "payments");
  if (absent.length === 0) return { end: "done" };
  const gone = absent.length === 1 ? "1 payment is" : `${absent.length} payments are`;
  return { end: "done", message: `${gone} no longer at the provider.` };
}
