import type { Tx } from "@/db/client";
import { listSources, type SourceRow } from "@/db/repositories/individual-sources";
import { findIndividual, type DirectoryFilter } from "@/db/repositories/individuals";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { searchWords, type DirectoryFilterInput } from "./directory-query";

export interface ResolvedFilter {
  sources: SourceRow[];
  filter: DirectoryFilter;
  /** Who the manager filter names; null also where that person is not visible. */
  manager: {
    id: string;
    firstName: string | null;
    lastName: string | null;
    preferredName: string | null;
  } | null;
}

/** Connections that the reader may see data of, now. */
export function visibleSources(tx: Tx, ctx: Context): Promise<SourceRow[]> {
  const { customerId, connectionIds } = requireCustomer(ctx).scope;
  return listSources(tx, customerId, connectionIds);
}

/** Turns what was asked into conditions of the database, narrowed to what the reader may see. */
export async function resolveFilter(
  tx: Tx,
  ctx: Context,
  input: DirectoryFilterInput,
): Promise<ResolvedFilter> {
  const { customerId } = requireCustomer(ctx).scope;
  const sources = await visibleSources(tx, ctx);
  const visible = sources.map((source) => source.id);
  const manager = input.manager ? await findIndividual(tx, customerId, input.manager, visible) : null;
  return {
    sources,
    manager,
    filter: {
      visible,
      words: searchWords(input.search),
      statuses: input.statuses,
      departments: input.departments,
      types: input.types,
      subtypes: input.subtypes,
      connections: input.connections,
      manager: managerCondition(input.manager, manager),
      active: input.active,
    },
  };
}

function managerCondition(
  asked: string | null,
  manager: { connectionId: string; finchIndividualId: string } | null,
): DirectoryFilter["manager"] {
  if (!asked) return null;
  // A manager who is gone has no reports; showing everybody instead would answer another question.
  return manager
    ? { connectionId: manager.connectionId, finchId: manager.finchIndividualId }
    : { connectionId: "00000000-0000-0000-0000-000000000000", finchId: "" };
}
