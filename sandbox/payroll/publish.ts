import type { World } from "@/sandbox/call";
import { dateOf, dayOfInstant } from "@/sandbox/payroll/calendar";
import { noEdits } from "@/sandbox/payroll/edits";
import type { PaymentRow, PayStatement } from "@/sandbox/payroll/records";
import { isVisible, runId, runsBetween } from "@/sandbox/payroll/runs";
import { recordVersions } from "@/sandbox/payroll/versions";
import { PayrollView, type Entry } from "@/sandbox/payroll/view";
import { wantsChanges, type Published, type SyncWindow } from "@/sandbox/publish";
import type { Connection, Entity } from "@/sandbox/records";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
// A month and a holiday: the next run of every calendar lies within.
const nextRunDays = 50;

type Verb = "created" | "updated" | "deleted";
type Statements = ReadonlyMap<string, PayStatement>;

const paymentChange = (
  entityId: string,
  verb: Verb,
  paymentId: string,
  payDate: string | null,
): Published => ({
  entityId,
  change: { event: `payment.${verb}`, paymentId, payDate },
});

const statementChange = (
  entityId: string,
  verb: Verb,
  paymentId: string,
  individualId: string,
): Published => ({
  entityId,
  change: { event: `pay_statement.${verb}`, paymentId, individualId },
});

/** What one payment showed, or shows, as far as it can differ. */
interface Shown {
  payDate: string | null;
  change: unknown;
  statements: Statements;
}

/** A payment of a view; only the statements of some people unless `people` is null. */
function shownOf(view: PayrollView, paymentId: string, people: readonly string[] | null): Shown | null {
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
function differences(
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

/** The people whose written statements make a row; null for all of a payment that comes or goes. */
function peopleOf({ working, published }: PaymentRow): string[] | null {
  if (working.added || working.deleted !== (published ?? noEdits).deleted) return null;
  const more = [...working.more, ...(published?.more ?? [])].map((statement) => statement.individual_id);
  return [...Object.keys(working.statements), ...Object.keys(published?.statements ?? {}), ...more];
}

/** What a sync is about to show of one entity, taken before it does. */
interface Watched {
  paymentId: string;
  people: string[] | null;
  before: Shown | null;
}

const viewAt = (world: World, connection: Connection, entity: Entity, ms: number) =>
  new PayrollView(world, connection, entity, "published", new Date(ms).toISOString());

/** Payments that are still to come and were seen before: what was written about people may change them. */
function upcoming(view: PayrollView, after: number): Entry[] {
  return view.entries(after + 1, after + nextRunDays).filter((entry) => entry.run !== null);
}

/** The people of an entity whose enrollments were written in a window. */
function enrolledIn(
  world: World,
  connection: Connection,
  entity: Entity,
  { from, at }: SyncWindow,
): string[] {
  const since = new Date(from ?? 0).toISOString();
  const until = new Date(at).toISOString();
  const written = world.store.enrollments.where(
    (row) =>
      row.connectionId === connection.id &&
      row.entityId === entity.id &&
      row.versions.some(({ recordedAt }) => recordedAt > since && recordedAt <= until),
  );
  return written.map((row) => row.individualId);
}

/** Payments that were not known at the sync before. */
function newPayments(view: PayrollView, entity: Entity, from: number): Published[] {
  const since = dayOfInstant(from);
  const runs = runsBetween(view.plan, since, view.today + nextRunDays, view.today);
  return runs
    .filter((run) => !isVisible(view.plan, run, since))
    .flatMap((run) => {
      const id = runId(view.plan, run);
      const people = view.seats({ id, run, edits: null }).map((seat) => view.idOf(seat));
      return [
        paymentChange(entity.id, "created", id, dateOf(run.pay)),
        ...people.map((individualId) => statementChange(entity.id, "created", id, individualId)),
      ];
    });
}

/** Shows what was changed in payroll since the last sync, and the runs that came since. */
export function publishPayroll(world: World, connection: Connection, sync: SyncWindow): Published[] {
  const told = wantsChanges(world, sync) && sync.from !== null;
  const rows = world.store.payments.group(connection.id).filter((row) => row.published !== row.working);
  const before = new Map(
    told
      ? connection.entities.map((entity) => [entity, viewAt(world, connection, entity, sync.from ?? 0)])
      : [],
  );
  const watched = new Map<Entity, Watched[]>();
  for (const [entity, view] of before) {
    const own = rows.filter((row) => row.entityId === entity.id);
    watched.set(
      entity,
      own.map((row) => {
        const people = peopleOf(row);
        return { paymentId: row.paymentId, people, before: shownOf(view, row.paymentId, people) };
      }),
    );
  }
  const day = dayOfInstant(sync.at);
  const changed = recordVersions(world, connection, sync.from === null ? null : dateOf(day));
  for (const row of rows) world.store.payments.set(row.paymentId, { ...row, published: row.working });
  return [...before].flatMap(([entity, old]) => {
    const now = viewAt(world, connection, entity, sync.at);
    const people = [
      ...changed.filter((row) => row.entityId === entity.id).map((row) => row.individualId),
      ...enrolledIn(world, connection, entity, sync),
    ];
    const edited = (watched.get(entity) ?? []).flatMap((payment) => {
      const after = shownOf(now, payment.paymentId, payment.people);
      return differences(entity.id, payment.paymentId, payment.before, after);
    });
    const affected = people.length === 0 ? [] : upcoming(old, day);
    const followed = affected.flatMap(({ id }) =>
      differences(entity.id, id, shownOf(old, id, people), shownOf(now, id, people)),
    );
    return [...edited, ...followed, ...newPayments(now, entity, sync.from ?? sync.at)];
  });
}
