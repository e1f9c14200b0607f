import { z } from "zod";

/** A department with those below it. */
export interface DepartmentNode {
  name: string;
  /** False for one that others name as theirs, and that is not in the list itself. */
  listed: boolean;
  /** The department above it in the provider's data, where following it would lead in a circle: it stands on top instead. */
  loopOf: string | null;
  children: DepartmentNode[];
}

export interface DepartmentTree {
  roots: DepartmentNode[];
  /** Departments of the list, those without a name included. */
  listed: number;
  unnamed: number;
}

const Department = z.object({
  name: z.string().nullish(),
  parent: z.object({ name: z.string().nullish() }).nullish(),
});

const text = (value: string | null | undefined) => value?.trim() || null;
const byName = (a: string, b: string) => a.localeCompare(b, "en");

/**
 * The departments of /employer/company as a tree by their names, which is all that Finch ties them by. Tolerant: each name
 * stands in it once, one whose parent is itself or below it stands on top, and a parent that is not listed is one all the
 * same. Null where the provider gave no list. Pure.
 */
export function toDepartmentTree(raw: unknown): DepartmentTree | null {
  const list = z.array(z.unknown()).safeParse(raw);
  if (!list.success) return null;
  const parents = new Map<string, string | null>();
  const listed = new Set<string>();
  let unnamed = 0;
  for (const item of list.data) {
    const department = Department.safeParse(item).data;
    const name = text(department?.name);
    if (name === null) unnamed += 1;
    else {
      listed.add(name);
      // Listed twice: the parent that is named counts.
      parents.set(name, text(department?.parent?.name) ?? parents.get(name) ?? null);
    }
  }
  for (const parent of [...parents.values()])
    if (parent !== null && !parents.has(parent)) parents.set(parent, null);
  return { roots: grow(parents, listed), listed: list.data.length, unnamed };
}

function grow(parents: ReadonlyMap<string, string | null>, listed: ReadonlySet<string>): DepartmentNode[] {
  const names = [...parents.keys()].sort(byName);
  const cut = new Set(names.filter((name) => opensLoop(name, parents)));
  const nodes = new Map(
    names.map((name): [string, DepartmentNode] => [
      name,
      {
        name,
        listed: listed.has(name),
        loopOf: cut.has(name) ? (parents.get(name) ?? null) : null,
        children: [],
      },
    ]),
  );
  const roots: DepartmentNode[] = [];
  for (const [name, node] of nodes) {
    const above = cut.has(name) ? null : nodes.get(parents.get(name) ?? "");
    (above?.children ?? roots).push(node);
  }
  return roots;
}

/** Whether the way up from a name leads back to it; a circle is opened at one place, the first of its names. */
function opensLoop(name: string, parents: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>();
  for (let at = parents.get(name) ?? null; at !== null; at = parents.get(at) ?? null) {
    if (at === name) return [...passed].every((other) => name < other);
    // A circle further up, without this one in it.
    if (passed.has(at)) return false;
    passed.add(at);
  }
  return false;
}
