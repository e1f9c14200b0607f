import { z } from "zod";
import { inScope } from "@/db/client";
import { listReportingLines } from "@/db/repositories/org-chart";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { buildOrgTree } from "./build-org-tree";
import { readBranch } from "./read-branch";
import type { OrgBranchView } from "./views";

export const ListOrgBranchInput = z.strictObject({
  /** Whose direct reports; null for the tops. */
  parentId: z.uuid().nullable().default(null),
  offset: z.number().int().min(0).max(10_000_000).default(0),
  /** With people who left. */
  left: z.boolean().default(false),
});
export type ListOrgBranchInput = z.input<typeof ListOrgBranchInput>;

/**
 * Somebody's direct reports, or the tops of the chart, 100 at a time.
 * @throws DomainError FORBIDDEN, NOT_FOUND where the person is not in the chart
 */
export async function listOrgBranch(context: Context, raw: ListOrgBranchInput): Promise<OrgBranchView> {
  const ctx = requireCustomer(context);
  const { parentId, offset, left } = ListOrgBranchInput.parse(raw);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "individual:read");
  return inScope(
    ctx,
    async (tx) => {
      const sources = await visibleSources(tx, ctx);
      const lines = await listReportingLines(
        tx,
        customerId,
        sources.map(({ id }) => id),
      );
      const tree = buildOrgTree(lines, { left });
      if (parentId !== null && !tree.nodes.has(parentId)) throw notFound("person");
      return readBranch(tx, customerId, { tree, sources, parentId, offset });
    },
    { readOnly: true },
  );
}
