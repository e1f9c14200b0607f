import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { dateOf, dayOfInstant } from "@/sandbox/payroll/calendar";
import { noEdits } from "@/sandbox/payroll/edits";
import {
  differences,
  paymentChange,
  shownOf,
  statementChange,
  type Shown,
} from "@/sandbox/payroll/differences";
import type { PaymentRow } from "@/sandbox/payroll/records";
import {
  isVisible,
  planPayroll,
  runId,
  runsBetween,
  type PayrollPlan,
  type Run,
} from "@/sandbox/payroll/runs";
import { recordVersions } from "@/sandbox/payroll/versions";
import { PayrollView, type Entry } from "@/sandbox/payroll/view";
import { warmPayroll } from "@/sandbox/payroll/warm";
import { wantsChanges, type Published, type SyncWindow } from "@/sandbox/publish";
import type { Connection, Entity } from "@/sandbox/records";

// A month and a holiday: the next run of every calendar lies within.
const nextRunDays = 50;

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

/**
 * Payments still to come whose runs were known before: what was written about people may change them,
 * make one of a run that would have paid nobody, and take one away.
 */
function upcoming(views: readonly PayrollView[], since: number, after: number): Set<string> {
  const entries = views.flatMap((view) => view.entries(after + 1, after + nextRunDays));
  const known = ({ run }: Entry) => run !== null && views.every(({ plan }) => isVisible(plan, run, since));
  return new Set(entries.filter(known).map(({ id }) => id));
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

/** The runs that were not known at the sync before; all of them at the first. */
function newRuns(plan: PayrollPlan, { from, at }: SyncWindow): Run[] {
  const since = from === null ? null : dayOfInstant(from);
  const today = dayOfInstant(at);
  const runs = runsBetween(plan, since ?? 0, today + nextRunDays, today);
  return since === null ? runs : runs.filter((run) => !isVisible(plan, run, since));
}

/** There is much more in statements than in payments: where the sandbox takes its time, they come later. */
function holdStatements(world: World, connection: Connection, sync: SyncWindow): void {
  const delay = world.settings.statementDelayMs;
  if (delay === 0) return;
  const until = new Date(sync.at + delay).toISOString();
  for (const entity of connection.entities) {
    const plan = planPayroll(planOf(world, connection, entity), connection);
    for (const run of newRuns(plan, sync)) {
      const paymentId = runId(plan, run);
      const hold = {
        paymentId,
        connectionId: connection.id,
        code: 202,
        fromOffset: 0,
        times: null,
        until,
      } as const;
      world.store.statementHolds.set(paymentId, hold);
    }
  }
}

function newPayments(view: PayrollView, entity: Entity, sync: SyncWindow): Published[] {
  return newRuns(view.plan, sync).flatMap((run) => {
    const id = runId(view.plan, run);
    const people = view.seats({ id, run, edits: null }).map((seat) => view.idOf(seat));
    if (people.length === 0) return [];
    return [
      paymentChange(entity.id, "created", id, dateOf(run.pay)),
      ...people.map((individualId) => statementChange(entity.id, "created", id, individualId)),
    ];
  });
}

/** Shows what was changed in payroll since the last sync, and the runs that came since. */
export function publishPayroll(world: World, connection: Connection, sync: SyncWindow): Published[] {
  holdStatements(world, connection, sync);
  if (sync.from === null) warmPayroll(world, connection);
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
    const affected = people.length === 0 ? [] : [...upcoming([old, now], old.today, day)];
    const followed = affected.flatMap((id) =>
      differences(entity.id, id, shownOf(old, id, people), shownOf(now, id, people)),
    );
    return [...edited, ...followed, ...newPayments(now, entity, sync)];
  });
}
