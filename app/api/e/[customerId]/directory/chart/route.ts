import { z } from "zod";
import { listOrgBranch } from "@/lib/domain/org-chart/list-org-branch";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

const BranchQuery = z.strictObject({
  /** Whose direct reports; left out for the tops. */
  parent: z.uuid().optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  left: z.literal("yes").optional(),
});

/** A stretch of the org chart: 100 direct reports of somebody. */
export const GET = route(
  { schema: BranchQuery, route: "/api/e/[customerId]/directory/chart" },
  async ({ input, params }) =>
    listOrgBranch(await employerContext(params["customerId"] ?? "", { permission: "individual:read" }), {
      parentId: input.parent ?? null,
      offset: input.offset,
      left: input.left === "yes",
    }),
);
