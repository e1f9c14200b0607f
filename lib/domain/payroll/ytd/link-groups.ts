import type { ConfirmedLinks } from "@/db/repositories/individual-links";
import type { LinkedGroup } from "@/db/repositories/ytd-source";

/** Which record each one was put together with, and that one's, to the end. */
function rootOf(roots: Map<string, string>, id: string): string {
  let root = id;
  for (let next = roots.get(root); next !== undefined && next !== root; next = roots.get(root)) root = next;
  return root;
}

/**
 * Records that count as one person: those that confirmed links hold together, with any number of steps between them.
 * Links to records that the reader does not see hold nothing together here. With `einOf`, only those of one EIN; a
 * record without one stays alone, for nobody knows whose it is.
 */
export function linkGroups(
  { pairs, records }: ConfirmedLinks,
  einOf?: (record: { connectionId: string; entityId: string }) => string | null,
): LinkedGroup[] {
  const seen = new Map(records.map((record) => [record.id, record]));
  const roots = new Map(records.map(({ id }) => [id, id]));
  for (const [a, b] of pairs) {
    if (!seen.has(a) || !seen.has(b)) continue;
    roots.set(rootOf(roots, a), rootOf(roots, b));
  }
  const together = Map.groupBy(records, (record) => {
    const root = rootOf(roots, record.id);
    if (!einOf) return root;
    const ein = einOf(record);
    return ein === null ? `${root} alone ${record.id}` : `${root} ${ein}`;
  });
  return [...together.values()]
    .filter((members) => members.length > 1)
    .map((members) => ({ anchor: members[0]?.id ?? "", members: members.map(({ id }) => id) }));
}
