import { z } from "zod";
import { inScope } from "@/db/client";
import { listIndividuals, noFilter } from "@/db/repositories/individuals";
import { listRolesOfMembers } from "@/db/repositories/user-roles";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { nameOr } from "@/lib/format/names";

export const SearchTeamPeopleInput = z.strictObject({ connectionId: z.uuid(), search: z.string().max(200) });
export type SearchTeamPeopleInput = z.infer<typeof SearchTeamPeopleInput>;

export interface TeamPersonView {
  id: string;
  name: string;
  /** Title and department. */
  detail: string;
  /** Somebody holds the role of this person already. */
  taken: boolean;
}

const hitLimit = 8;

/**
 * People of one connection for the role employee, by name, title, department or work mail; the first ones where
 * nothing is asked yet.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection)
 */
export async function searchTeamPeople(ctx: Context, raw: SearchTeamPeopleInput): Promise<TeamPersonView[]> {
  const { connectionId, search } = SearchTeamPeopleInput.parse(raw);
  requirePermission(ctx, "team:manage");
  requirePermission(ctx, "individual:read", { connectionId });
  const { customerId } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const sources = await visibleSources(tx, ctx);
      if (!sources.some(({ id }) => id === connectionId)) throw notFound("connection");
      const filter = { ...noFilter, words: searchWords(search), visible: [connectionId], active: true };
      const order = { sort: "name" as const, descending: false };
      const rows = await listIndividuals(tx, customerId, filter, { order, from: null, limit: hitLimit });
      const taken = new Set(
        (await listRolesOfMembers(tx, customerId)).map(({ individualId }) => individualId),
      );
      return rows.map((row) => ({
        id: row.id,
        name: nameOr({ first: row.firstName, last: row.lastName, preferred: row.preferredName }),
        detail: [row.title, row.department].filter(Boolean).join(" · "),
        taken: taken.has(row.id),
      }));
    },
    { readOnly: true },
  );
}
