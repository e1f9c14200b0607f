import { z } from "zod";
import { inScope } from "@/db/client";
import { listIndividuals, noFilter } from "@/db/repositories/individuals";
import { can } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { displayName } from "@/lib/format/names";

export const SearchPeopleInput = z.strictObject({ search: z.string().max(200) });
export type SearchPeopleInput = z.infer<typeof SearchPeopleInput>;

export interface PersonHitView {
  id: string;
  name: string;
  /** Title and provider, never personal data (SECURITY 12). */
  detail: string;
}

const hitLimit = 8;

/** People for the palette, by name, title, department or work mail; empty for who may not see the directory. */
export async function searchPeople(ctx: Context, raw: SearchPeopleInput): Promise<PersonHitView[]> {
  const words = searchWords(SearchPeopleInput.parse(raw).search);
  if (words.length === 0 || !can(ctx, "individual:read")) return [];
  const { customerId } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const sources = await visibleSources(tx, ctx);
      const order = { sort: "name" as const, descending: false };
      const filter = { ...noFilter, words, visible: sources.map((source) => source.id) };
      const rows = await listIndividuals(tx, customerId, filter, { order, from: null, limit: hitLimit });
      const providerOf = new Map(sources.map((source) => [source.id, source.providerName]));
      return rows.map((row) => ({
        id: row.id,
        name:
          displayName({ first: row.firstName, last: row.lastName, preferred: row.preferredName }) ??
          "Unnamed person",
        detail: [row.title, row.department, providerOf.get(row.connectionId)].filter(Boolean).join(" · "),
      }));
    },
    { readOnly: true },
  );
}
