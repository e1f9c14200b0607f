import type { Tx } from "@/db/client";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { sharesPayments } from "@/lib/domain/pay-groups/list-pay-groups";
import { loadPayPlans } from "@/lib/domain/payroll/payments/load-pay-plans";

/** A pay group of which expected runs did not come (DOMAIN §2). */
export interface MissingRuns {
  key: string;
  connectionId: string;
  /** Null: payments that name no pay group. */
  group: { name: string | null } | null;
  /** Where its calendar is; null where the connection shows no pay groups (any more). */
  payGroupId: string | null;
  /** Days on which a run should have been, oldest first. */
  payDates: string[];
  /** The reader may say that no payroll was run. */
  mayManage: boolean;
}

/** Pay groups that lack runs, the one that lacks the latest first. For who may read payroll; inside its transaction. */
export async function listMissingRuns(tx: Tx, ctx: CustomerContext): Promise<MissingRuns[]> {
  const [plans, sources] = [await loadPayPlans(tx, ctx), await visibleSources(tx, ctx)];
  const withCalendars = new Set(sources.filter(sharesPayments).map(({ id }) => id));
  return plans
    .filter(({ view }) => view.calendar.missing.length > 0)
    .map(({ view: { key, connection, group, calendar } }) => ({
      key,
      connectionId: connection.id,
      group: group && { name: group.name },
      payGroupId: withCalendars.has(connection.id) ? (group === null ? connection.id : group.id) : null,
      payDates: calendar.missing.map(({ payDate }) => payDate),
      mayManage: can(ctx, "payroll:manage", { connectionId: connection.id }),
    }))
    .sort((a, b) => (b.payDates.at(-1) ?? "").localeCompare(a.payDates.at(-1) ?? ""));
}
