import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listCalendars } from "@/db/repositories/pay-calendar";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { dateInZone } from "@/lib/format/dates";
import { listCalendarSubjects } from "./load-calendars";
import { toPayGroupView } from "./to-pay-group-view";
import type { PayGroupsView } from "./views";

/**
 * The employer's pay groups with how often each is paid, how many are in it and when it is paid next.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listPayGroups(context: Context): Promise<PayGroupsView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:read");
  return inScope(
    ctx,
    async (tx) => {
      const { sources, ...place } = await payrollPlace(tx, ctx);
      const { customerId } = ctx.scope;
      const shared = sources.filter(sharesPayments);
      const subjects = await listCalendarSubjects(tx, customerId, shared);
      const entries = await listCalendars(
        tx,
        customerId,
        shared.map(({ id }) => id),
      );
      return {
        ...place,
        sources: sources.map(toDirectorySource),
        withoutPayments: sources
          .filter((source) => !sharesPayments(source))
          .map(({ id, providerName }) => ({ id, providerName })),
        groups: subjects.map(
          (subject) => toPayGroupView({ subject, entries, zone: place.timeZone, today: place.today }).group,
        ),
      };
    },
    { readOnly: true },
  );
}

/** Pay groups come with the product of payments (Finch: API Reference). */
export const sharesPayments = ({ products }: Pick<SourceRow, "products">) => products.includes("payment");

interface PayrollPlace {
  customerName: string;
  timeZone: string;
  now: Date;
  /** By the employer's zone and the database's clock. */
  today: string;
  sources: SourceRow[];
}

/** Employer, clock and the connections whose payroll the reader may see. @throws DomainError NOT_FOUND */
export async function payrollPlace(tx: Tx, ctx: CustomerContext): Promise<PayrollPlace> {
  const customer = await findCustomer(tx, ctx.scope.customerId);
  if (!customer) throw notFound("employer");
  const now = await readClock(tx);
  const sources = await visibleSources(tx, ctx);
  return {
    customerName: customer.name,
    timeZone: customer.timeZone,
    now,
    today: dateInZone(now, customer.timeZone),
    sources: sources.filter(({ id }) => can(ctx, "payroll:read", { connectionId: id })),
  };
}
