import { z } from "zod";
import { inScope } from "@/db/client";
import {
  listFacetValues,
  listManagerFacet,
  listNamesByFinchId,
  type DirectoryFacet,
} from "@/db/repositories/individuals";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { displayName } from "@/lib/format/names";
import { DirectoryFilterInput } from "./directory-query";
import { resolveFilter } from "./resolve-filter";

export const directoryFacets = ["status", "department", "type", "subtype", "manager", "connection"] as const;
const Facet = z.enum(directoryFacets);

export interface FacetOption {
  /** Null means: not given by the provider. */
  value: string | null;
  /** A name where the value is an id; enum words are the screen's. */
  label: string | null;
  count: number;
}

const ownPart: Record<DirectoryFacet, Partial<DirectoryFilterInput>> = {
  status: { statuses: [] },
  department: { departments: [] },
  type: { types: [] },
  subtype: { subtypes: [] },
  manager: { manager: null },
  connection: { connections: [] },
};

/**
 * The choices of one filter, counted over what the other filters leave.
 * @throws DomainError FORBIDDEN
 */
export async function listDirectoryFacet(
  ctx: Context,
  facet: DirectoryFacet,
  raw: Partial<DirectoryFilterInput>,
): Promise<FacetOption[]> {
  const name = Facet.parse(facet);
  const input = DirectoryFilterInput.parse({ ...raw, ...ownPart[name] });
  requirePermission(ctx, "individual:read");
  const { customerId } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const { filter, sources } = await resolveFilter(tx, ctx, input);
      if (name !== "manager") {
        const providerOf = new Map(sources.map((source) => [source.id, source.providerName]));
        const values = await listFacetValues(tx, customerId, filter, name);
        return values.map((row) => ({
          ...row,
          label: name === "connection" ? (providerOf.get(row.value ?? "") ?? null) : null,
        }));
      }
      const managers = await listManagerFacet(tx, customerId, filter);
      const names = await listNamesByFinchId(
        tx,
        customerId,
        filter.visible,
        managers.map((row) => row.finchId),
      );
      const byKey = new Map(names.map((row) => [`${row.connectionId} ${row.finchIndividualId}`, row]));
      return managers.flatMap((row) => {
        const manager = byKey.get(`${row.connectionId} ${row.finchId}`);
        if (!manager) return [];
        const { firstName: first, lastName: last, preferredName: preferred } = manager;
        return {
          value: manager.id,
          label: displayName({ first, last, preferred }) ?? "Unnamed person",
          count: row.count,
        };
      });
    },
    { readOnly: true },
  );
}
