import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { listCompanies } from "@/db/repositories/company-details";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listHeldNumbers } from "@/db/repositories/sealed-values";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { toCompanyView, toEntities, type CompanyView, type EntityView } from "./to-company-view";

export const GetCompanyInput = z.strictObject({ connectionId: z.uuid() });
export type GetCompanyInput = z.infer<typeof GetCompanyInput>;

/** What a connection says of the employer itself, or why it says nothing. */
export type CompanyPart =
  | {
      kind: "shown";
      providerName: string;
      companies: CompanyView[];
      /** Entities that the connection has and whose company was not read, or is no longer. */
      unread: EntityView[];
    }
  /** The connection does not include the company's data. */
  | { kind: "no_access"; providerName: string }
  /** Not read yet. */
  | { kind: "syncing"; providerName: string };

/**
 * The employer's legal data as one connection has it. Bank accounts are in it only for who may see that they are held,
 * and their numbers never: those are revealed one at a time.
 * @throws DomainError FORBIDDEN, NOT_FOUND (also for a disconnected connection)
 */
export async function getCompany(context: Context, raw: GetCompanyInput): Promise<CompanyPart> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "individual:read");
  const input = GetCompanyInput.safeParse(raw);
  if (!input.success) throw notFound("connection");
  const { connectionId } = input.data;
  return inScope(
    ctx,
    async (tx): Promise<CompanyPart> => {
      const source = (await visibleSources(tx, ctx)).find(({ id }) => id === connectionId);
      if (!source) throw notFound("connection");
      requirePermission(ctx, "individual:read", { connectionId });
      return readCompanyPart(tx, ctx, source);
    },
    { readOnly: true },
  );
}

/** The companies of a connection that the reader was found to see. */
export async function readCompanyPart(
  tx: Tx,
  ctx: CustomerContext,
  { id: connectionId, providerName, products, entities: given }: SourceRow,
): Promise<CompanyPart> {
  const { customerId } = ctx.scope;
  if (!products.includes("company")) return { kind: "no_access", providerName };
  const rows = await listCompanies(tx, customerId, connectionId);
  if (rows.length === 0) return { kind: "syncing", providerName };
  const ids = rows.map(({ id }) => id);
  const held = can(ctx, "company:bank", { connectionId }) ? await listHeldNumbers(tx, customerId, ids) : null;
  const mayReveal = can(ctx, "company:reveal_bank", { connectionId });
  const entities = toEntities(given);
  return {
    kind: "shown",
    providerName,
    companies: rows.map((row) => toCompanyView({ row, entities, held, mayReveal })),
    unread:
      entities.length < 2 ? [] : entities.filter((entity) => !rows.some((row) => row.entityId === entity.id)),
  };
}
