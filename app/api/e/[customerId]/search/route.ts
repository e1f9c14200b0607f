import { z } from "zod";
import { searchPeople } from "@/lib/domain/search/search-people";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

const SearchQuery = z.strictObject({ q: z.string().max(200).default("") });

/** People for the palette: `?q=` answers `{ items: [{ id, label, href, hint }] }`. */
export const GET = route(
  { schema: SearchQuery, route: "/api/e/[customerId]/search" },
  async ({ input, params }) => {
    const ctx = await employerContext(params["customerId"] ?? "");
    const customerId = ctx.scope.customerId;
    const hits = await searchPeople(ctx, { search: input.q });
    return {
      items: hits.map(({ id, name, detail }) => ({
        id,
        label: name,
        href: paths.individual(customerId, id),
        hint: detail,
      })),
    };
  },
);
