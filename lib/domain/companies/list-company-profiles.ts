import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listFacetValues, noFilter } from "@/db/repositories/individuals";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource, type DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { readCompanyPart, type CompanyPart } from "./get-company";

export interface ConnectionCompanyView {
  source: DirectorySourceView;
  part: CompanyPart;
  /** Active people by department, as the directory counts them. */
  people: Record<string, number>;
}

export interface CompanyProfilesView {
  customerName: string;
  timeZone: string;
  /** The database's clock. */
  now: Date;
  connections: ConnectionCompanyView[];
}

/**
 * The employer's legal data as each of its connections has it.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listCompanyProfiles(context: Context): Promise<CompanyProfilesView> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "individual:read");
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const connections: ConnectionCompanyView[] = [];
      for (const source of await visibleSources(tx, ctx)) {
        const filter = { ...noFilter, visible: [source.id], active: true };
        const counted = await listFacetValues(tx, customerId, filter, "department");
        connections.push({
          source: toDirectorySource(source),
          part: await readCompanyPart(tx, ctx, source),
          people: Object.fromEntries(counted.flatMap(({ value, count }) => (value ? [[value, count]] : []))),
        });
      }
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: await readClock(tx),
        connections,
      };
    },
    { readOnly: true },
  );
}
