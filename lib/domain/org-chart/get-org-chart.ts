import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listReportingLines } from "@/db/repositories/org-chart";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { buildOrgTree, pathTo, type OrgIssue, type OrgTree } from "./build-org-tree";
import { branchPageSize, readBranch, readPeople } from "./read-branch";
import type { OrgBranchView, OrgChartView } from "./views";

export const GetOrgChartInput = z.strictObject({
  /** Whom to show the way to. */
  person: z.uuid().nullable().default(null),
  /** With people who left. */
  left: z.boolean().default(false),
});
export type GetOrgChartInput = z.input<typeof GetOrgChartInput>;

const issueKinds: readonly OrgIssue[] = ["missing_manager", "circle", "own_manager"];
const namedIssues = 5;

/**
 * The chart of who reports to whom, with its tops and the way to one person open. A person who left is shown among
 * those who left, whether that was asked for or not.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function getOrgChart(context: Context, raw: GetOrgChartInput): Promise<OrgChartView> {
  const ctx = requireCustomer(context);
  const { person, left: asked } = GetOrgChartInput.parse(raw);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "individual:read");
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const sources = await visibleSources(tx, ctx);
      const lines = await listReportingLines(
        tx,
        customerId,
        sources.map(({ id }) => id),
      );
      const current = buildOrgTree(lines, { left: asked });
      const isHidden = person !== null && !current.nodes.has(person) && lines.some(({ id }) => id === person);
      const tree = isHidden ? buildOrgTree(lines, { left: true }) : current;
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: await readClock(tx),
        sources: sources.map(toDirectorySource),
        shown: tree.nodes.size,
        hidden: tree.hidden,
        left: asked || isHidden,
        branches: await openBranches(tx, customerId, { tree, sources, person }),
        focus: person !== null && tree.nodes.has(person) ? person : null,
        issues: await readIssues(tx, customerId, { tree, sources }),
      };
    },
    { readOnly: true },
  );
}

interface Parts {
  tree: OrgTree;
  sources: readonly SourceRow[];
}

/** The tops, those of a single top, and each branch on the way to a person, where that person stands in it. */
async function openBranches(
  tx: Tx,
  customerId: string,
  { tree, sources, person }: Parts & { person: string | null },
): Promise<OrgBranchView[]> {
  const path = person === null ? [] : pathTo(tree, person);
  const [only] = tree.roots;
  const way = path.length > 0 ? path : tree.roots.length === 1 && only ? [only] : [];
  const branches: OrgBranchView[] = [];
  let parentId: string | null = null;
  for (const next of [...way, null]) {
    const siblings: readonly string[] =
      parentId === null ? tree.roots : (tree.nodes.get(parentId)?.children ?? []);
    const at = next === null ? 0 : siblings.indexOf(next);
    const offset = Math.floor(at / branchPageSize) * branchPageSize;
    if (siblings.length > 0 || parentId === null)
      branches.push(await readBranch(tx, customerId, { tree, sources, parentId, offset }));
    parentId = next;
    if (next === null) break;
  }
  return branches;
}

async function readIssues(
  tx: Tx,
  customerId: string,
  { tree, sources }: Parts,
): Promise<OrgChartView["issues"]> {
  const found = issueKinds.map((kind) => ({
    kind,
    ids: tree.roots.filter((id) => tree.nodes.get(id)?.issue === kind),
  }));
  const issues: OrgChartView["issues"] = [];
  for (const { kind, ids } of found) {
    if (ids.length === 0) continue;
    const people = await readPeople(tx, customerId, { tree, sources, ids: ids.slice(0, namedIssues) });
    issues.push({ kind, count: ids.length, people: people.map(({ id, name }) => ({ id, name })) });
  }
  return issues;
}
