import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { can, type Permission } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { dateInZone } from "@/lib/format/dates";
import type { ExportTable } from "./table";

/** Whose table it is, when it was made, and the connections whose rows the reader may see. */
export interface TablePlace {
  customerId: string;
  customerName: string;
  timeZone: string;
  /** The database's clock, and its day in the employer's zone. */
  now: Date;
  today: string;
  sources: SourceRow[];
}

/**
 * @param permission by which rows of a connection are seen
 * @throws DomainError NOT_FOUND (employer)
 */
export async function readPlace(tx: Tx, ctx: CustomerContext, permission: Permission): Promise<TablePlace> {
  const { customerId } = ctx.scope;
  const customer = await findCustomer(tx, customerId);
  if (!customer) throw notFound("employer");
  const now = await readClock(tx);
  const sources = await visibleSources(tx, ctx);
  return {
    customerId,
    customerName: customer.name,
    timeZone: customer.timeZone,
    now,
    today: dateInZone(now, customer.timeZone),
    sources: sources.filter(({ id }) => can(ctx, permission, { connectionId: id })),
  };
}

type Placed = Pick<ExportTable<never>, "customerName" | "timeZone" | "now" | "sources" | "visible">;

/** What a place is to a table. */
export const placed = (
  { customerName, timeZone, now }: Pick<TablePlace, "customerName" | "timeZone" | "now">,
  sources: readonly SourceRow[],
): Placed => ({
  customerName,
  timeZone,
  now,
  sources: sources.map(toDirectorySource),
  visible: sources.map(({ id }) => id),
});
