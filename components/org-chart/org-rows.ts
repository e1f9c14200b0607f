import type { OrgBranchView, OrgPersonView } from "@/lib/domain/org-chart/views";

/** The open part of the chart as a list of rows: what a window of it shows. Pure. */

export interface Branch {
  total: number;
  /** By place in the branch; what is not here yet is asked for when it is scrolled to. */
  people: ReadonlyMap<number, OrgPersonView>;
}
/** By parent; the tops under "". */
export type Branches = ReadonlyMap<string, Branch>;

export interface OrgRow {
  /** Of the row: the person's id, or the place of somebody who is not here yet. */
  key: string;
  person: OrgPersonView | null;
  parentId: string | null;
  /** Place among its siblings, from 0, and how many they are. */
  at: number;
  of: number;
  /** 1 for the tops. */
  level: number;
  open: boolean;
}

const keyOf = (parentId: string | null) => parentId ?? "";

/** Adds a stretch of a branch to what is known. */
export function withBranch(branches: Branches, { parentId, offset, total, people }: OrgBranchView): Branches {
  const known = branches.get(keyOf(parentId));
  const merged = new Map(known?.people);
  people.forEach((person, at) => merged.set(offset + at, person));
  return new Map(branches).set(keyOf(parentId), { total, people: merged });
}

/** The rows from top to bottom. Branches that are open and not here yet have none. */
export function rowsOf(branches: Branches, open: ReadonlySet<string>): OrgRow[] {
  const rows: OrgRow[] = [];
  const add = (parentId: string | null, level: number) => {
    const branch = branches.get(keyOf(parentId));
    if (!branch) return;
    for (let at = 0; at < branch.total; at += 1) {
      const person = branch.people.get(at) ?? null;
      const isOpen = person !== null && person.reports > 0 && open.has(person.id);
      const key = person?.id ?? `${keyOf(parentId)}#${at}`;
      rows.push({ key, person, parentId, at, of: branch.total, level, open: isOpen });
      if (isOpen) add(person.id, level + 1);
    }
  };
  add(null, 1);
  return rows;
}

/** Where a key of the keyboard leads, by the tree pattern of WAI-ARIA; null where it leads nowhere. */
export type TreeMove = { to: number } | { open: string } | { close: string } | null;

export function moveOf(key: string, rows: readonly OrgRow[], at: number): TreeMove {
  const row = rows[at];
  if (!row) return null;
  const { person } = row;
  switch (key) {
    case "ArrowDown":
      return at + 1 < rows.length ? { to: at + 1 } : null;
    case "ArrowUp":
      return at > 0 ? { to: at - 1 } : null;
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case "ArrowRight":
      if (!person || person.reports === 0) return null;
      return row.open ? { to: at + 1 } : { open: person.id };
    case "ArrowLeft": {
      if (person && row.open) return { close: person.id };
      const parent = rows.findIndex((each) => each.key === row.parentId);
      return parent >= 0 ? { to: parent } : null;
    }
    default:
      return key.length === 1 && key.trim() !== "" ? startingWith(key, rows, at) : null;
  }
}

/** The next row whose name begins with a letter, round the end. */
function startingWith(letter: string, rows: readonly OrgRow[], at: number): TreeMove {
  const wanted = letter.toLowerCase();
  for (let step = 1; step <= rows.length; step += 1) {
    const to = (at + step) % rows.length;
    if (rows[to]?.person?.name.toLowerCase().startsWith(wanted)) return { to };
  }
  return null;
}
