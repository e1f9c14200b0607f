import { z } from "zod";
import { searchTeamPeople } from "@/lib/domain/team/search-team-people";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

const PeopleQuery = z.strictObject({ connectionId: z.uuid(), q: z.string().max(200).default("") });

/** People of one connection, for the role employee: `?connectionId=&q=` answers `{ people }`. */
export const GET = route(
  { schema: PeopleQuery, route: "/api/e/[customerId]/team/people" },
  async ({ input, params }) => {
    const ctx = await employerContext(params["customerId"] ?? "", { permission: "team:manage" });
    return { people: await searchTeamPeople(ctx, { connectionId: input.connectionId, search: input.q }) };
  },
);
