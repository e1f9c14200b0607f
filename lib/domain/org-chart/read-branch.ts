import type { Tx } from "@/db/client";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listChartPeople } from "@/db/repositories/org-chart";
import { sortName } from "@/lib/format/names";
import type { OrgTree } from "./build-org-tree";
import type { OrgBranchView, OrgPersonView } from "./views";

/** People of a branch that are sent at once; the rest comes as it is scrolled to. */
export const branchPageSize = 100;

interface BranchPlace {
  parentId: string | null;
  offset: number;
}

/** A stretch of a branch with what the chart shows of its people. */
export async function readBranch(
  tx: Tx,
  customerId: string,
  { tree, sources, parentId, offset }: BranchPlace & { tree: OrgTree; sources: readonly SourceRow[] },
): Promise<OrgBranchView> {
  const ids = parentId === null ? tree.roots : (tree.nodes.get(parentId)?.children ?? []);
  const wanted = ids.slice(offset, offset + branchPageSize);
  return {
    parentId,
    offset,
    total: ids.length,
    people: await readPeople(tx, customerId, { tree, sources, ids: wanted }),
  };
}

interface PeopleOptions {
  tree: OrgTree;
  sources: readonly SourceRow[];
  ids: readonly string[];
}

/** People of the chart by allow-list, in the order asked for. */
export async function readPeople(
  tx: Tx,
  customerId: string,
  { tree, sources, ids }: PeopleOptions,
): Promise<OrgPersonView[]> {
  const rows = new Map((await listChartPeople(tx, customerId, ids)).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const [row, node] = [rows.get(id), tree.nodes.get(id)];
    if (!row || !node) return [];
    const provider = sources.find((source) => source.id === row.connectionId)?.providerName ?? null;
    return {
      id,
      name:
        sortName({ first: row.firstName, last: row.lastName, preferred: row.preferredName }) ??
        "Unnamed person",
      title: row.title,
      department: row.department,
      isActive: row.isActive,
      provider: sources.length > 1 ? provider : null,
      reports: node.children.length,
      below: node.below,
      issue: node.issue,
    };
  });
}
