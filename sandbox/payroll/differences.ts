import type { PayStatement } from "@/sandbox/payroll/records";
import type { PayrollView } from "@/sandbox/payroll/view";
import type { Published } from "@/sandbox/publish";

/** Most that is compared is one thing, or there on one side only: no need to write it out. */
const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
type Verb = "created" | "updated" | "deleted";
type Statements = ReadonlyMap<string, PayStatement>;

export const paymentChange = (
  entityId: string,
  verb: Verb,
  paymentId: string,
  payDate: string | null,
): Published => ({
  entityId,
  change: { event: `payment.${verb}`, paymentId, payDate },
});

export const statementChange = (
  entityId: string,
  verb: Verb,
  paymentId: string,
  individualId: string,
): Published => ({
  entityId,
  change: { event: `pay_statement.${verb}`, paymentId, individualId },
});

/** What one payment showed, or shows, as far as it can differ. */
export interface Shown {
  payDate: string | null;
  change: unknown;
  statements: Statements;
}

/** A payment of a view; only the statements of some people unless `people` is null. */
export function shownOf(
  view: PayrollView,
  paymentId: string,
  people: readonly string[] | null,
): Shown | null {
  const entry = view.entry(paymentId);
  if (!entry) return null;
  const statements = new Map<string, PayStatement>();
  const wanted = people && new Set(people);
  for (const seat of view.seats(entry)) {
    if (wanted && !wanted.has(view.idOf(seat))) continue;
    const statement = view.statementAt(seat, entry.run);
    if (statement) statements.set(view.idOf(seat), statement);
  }
  return { payDate: view.payDateOf(entry), change: entry.edits?.change, statements };
}

/** What differs between two states of a payment: itself, then statement by statement. */
export function differences(
  entityId: string,
  paymentId: string,
  before: Shown | null,
  after: Shown | null,
): Published[] {
  const ids = new Set([...(before?.statements.keys() ?? []), ...(after?.statements.keys() ?? [])]);
  const statements: Published[] = [];
  for (const id of ids) {
    const [old, now] = [before?.statements.get(id), after?.statements.get(id)];
    if (same(old, now)) continue;
    statements.push(statementChange(entityId, !old ? "created" : now ? "updated" : "deleted", paymentId, id));
  }
  const verb = !before ? "created" : after ? "updated" : "deleted";
  const touched = statements.length > 0 || !same(before?.change, after?.change) || !before || !after;
  const payDate = (after ?? before)?.payDate ?? null;
  return (before ?? after) && touched
    ? [paymentChange(entityId, verb, paymentId, payDate), ...statements]
    : statements;
}
