/** Who reports to whom. Tolerant of what providers give: several tops, managers who are nobody, circles. Pure. */

export interface ReportingLine {
  id: string;
  connectionId: string;
  finchId: string;
  managerFinchId: string | null;
  isActive: boolean | null;
}

/** Why somebody who names a manager stands on top all the same. */
export type OrgIssue = "missing_manager" | "own_manager" | "circle";

export interface OrgNode {
  id: string;
  parentId: string | null;
  /** Direct reports, in the order of the lines. */
  children: string[];
  /** People below, at any depth. */
  below: number;
  issue: OrgIssue | null;
}

export interface OrgTree {
  nodes: ReadonlyMap<string, OrgNode>;
  roots: readonly string[];
  /** People who left and are not shown. */
  hidden: number;
}

const keyOf = (connectionId: string, finchId: string) => `${connectionId} ${finchId}`;

/**
 * Grows the tree in the order of its lines; linear in their number. Without `left`, people who left are in it only
 * where somebody who is there still reports to them.
 */
export function buildOrgTree(lines: readonly ReportingLine[], { left }: { left: boolean }): OrgTree {
  const byKey = new Map<string, ReportingLine>();
  for (const line of lines) {
    const key = keyOf(line.connectionId, line.finchId);
    if (!byKey.has(key)) byKey.set(key, line);
  }
  const managerOf = (line: ReportingLine) =>
    line.managerFinchId === null ? undefined : byKey.get(keyOf(line.connectionId, line.managerFinchId));
  const shown = left ? lines : lines.filter(shownWithoutLeft(lines, managerOf));
  const cut = openCircles(shown, managerOf);
  const nodes = new Map<string, OrgNode>();
  for (const line of shown) {
    const manager = managerOf(line);
    const isCut = cut.has(line.id);
    nodes.set(line.id, {
      id: line.id,
      parentId: isCut ? null : (manager?.id ?? null),
      children: [],
      below: 0,
      issue: isCut
        ? manager?.id === line.id
          ? "own_manager"
          : "circle"
        : line.managerFinchId !== null && !manager
          ? "missing_manager"
          : null,
    });
  }
  const roots: string[] = [];
  for (const { id } of shown) {
    const parentId = nodes.get(id)?.parentId ?? null;
    (parentId === null ? roots : (nodes.get(parentId)?.children ?? roots)).push(id);
  }
  countBelow(nodes, roots);
  return { nodes, roots, hidden: lines.length - shown.length };
}

type ManagerOf = (line: ReportingLine) => ReportingLine | undefined;

/** Active people, and everybody above one of them. */
function shownWithoutLeft(lines: readonly ReportingLine[], managerOf: ManagerOf) {
  const kept = new Set<string>();
  for (const line of lines) {
    if (line.isActive === false) continue;
    for (let at: ReportingLine | undefined = line; at && !kept.has(at.id); at = managerOf(at))
      kept.add(at.id);
  }
  return ({ id }: ReportingLine) => kept.has(id);
}

/** Of each circle the first of its lines: there it is opened. */
function openCircles(lines: readonly ReportingLine[], managerOf: ManagerOf): Set<string> {
  const order = new Map(lines.map(({ id }, at) => [id, at]));
  const seenIn = new Map<string, string>();
  const cut = new Set<string>();
  for (const line of lines) {
    const path: string[] = [];
    let at: ReportingLine | undefined = line;
    for (; at && !seenIn.has(at.id); at = managerOf(at)) {
      seenIn.set(at.id, line.id);
      path.push(at.id);
    }
    // Met on this very walk: the way from there to here is a circle.
    if (!at || seenIn.get(at.id) !== line.id) continue;
    const circle = path.slice(path.indexOf(at.id));
    cut.add(circle.reduce((first, id) => ((order.get(id) ?? 0) < (order.get(first) ?? 0) ? id : first)));
  }
  return cut;
}

function countBelow(nodes: ReadonlyMap<string, OrgNode>, roots: readonly string[]): void {
  // Parents before children; then counted from the end, so that no depth is too deep.
  const order = [...roots];
  for (let at = 0; at < order.length; at += 1) order.push(...(nodes.get(order[at] ?? "")?.children ?? []));
  for (const id of order.reverse()) {
    const node = nodes.get(id);
    const parent = node?.parentId ? nodes.get(node.parentId) : undefined;
    if (node && parent) parent.below += node.below + 1;
  }
}

/** The way from the top to somebody, both included; empty for who is not in the tree. */
export function pathTo(tree: OrgTree, id: string): string[] {
  const path: string[] = [];
  for (let node = tree.nodes.get(id); node; node = node.parentId ? tree.nodes.get(node.parentId) : undefined)
    path.push(node.id);
  return path.reverse();
}
