import { inScope, type Tx } from "@/db/client";
import { countPeopleChanges, type GroupRunRow, type PeopleChange } from "@/db/repositories/payroll-runs";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { compareRuns, type RunFigures } from "./group-runs";
import { loadPayPlans, type PayPlanView } from "./load-pay-plans";

export interface LastRunView extends RunFigures {
  id: string;
  payDate: string;
  people: number | null;
  /** The run before it that it is compared with. */
  earlier: { id: string; payDate: string } | null;
  /** People on it who were not on the earlier one, and the other way round; null where Finch names nobody. */
  joined: number | null;
  left: number | null;
}

export interface PayCalendarView extends PayPlanView {
  last: LastRunView | null;
}

/**
 * The pay groups with what is known of their pay dates: the last regular run against the one before it, the next
 * dates, runs that are missing (DOMAIN §2).
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listPayCalendars(ctx: Context): Promise<PayCalendarView[]> {
  requirePermission(ctx, "payroll:read");
  const customer = requireCustomer(ctx);
  return inScope(ctx, (tx) => loadPayCalendars(tx, customer), { readOnly: true });
}

/** The same inside a transaction that is open already. */
export async function loadPayCalendars(tx: Tx, ctx: CustomerContext): Promise<PayCalendarView[]> {
  const plans = await loadPayPlans(tx, ctx);
  const pairs = plans.flatMap(({ last, earlier }) =>
    last && earlier ? [{ id: last.id, earlierId: earlier.id }] : [],
  );
  const changes = await countPeopleChanges(tx, ctx.scope.customerId, pairs);
  return plans.map(({ view, last, earlier }) => ({ ...view, last: last && toLast(last, earlier, changes) }));
}

function toLast(
  row: GroupRunRow,
  earlier: GroupRunRow | null,
  changes: ReadonlyMap<string, PeopleChange>,
): LastRunView {
  const change = changes.get(row.id);
  return {
    id: row.id,
    payDate: row.payDate,
    people: row.people,
    earlier: earlier && { id: earlier.id, payDate: earlier.payDate },
    joined: change?.joined ?? null,
    left: change?.left ?? null,
    ...compareRuns(row, earlier),
  };
}
