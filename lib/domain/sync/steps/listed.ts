import type { Tx } from "@/db/client";
import {
  countAbsent,
  markAbsent,
  type DetailsWanted,
  type ListedTable,
} from "@/db/repositories/mirror-lists";
import { holdRows, resolveHold } from "@/db/repositories/sync-holds";
import { updateStep } from "@/db/repositories/sync-steps";
import type { FinchFailure, Outcome } from "@/lib/finch";
import { inChunks } from "../chunks";
import type { StepCursor } from "../cursor";
import { fetchTime, inLease, type Held } from "../lease";
import { saveFreshness } from "../save-progress";
import type { StepEnd, StepWork } from "../work";

interface Listed<T extends { id: string }> {
  table: ListedTable;
  /** The product whose freshness the answer tells; null where another step tells it. */
  product: string | null;
  /** Finch reads the provider while it answers. */
  isLive?: boolean;
  fetch: () => Promise<Outcome<T[]>>;
  /** False where Finch said that there are more: then nothing counts as gone. */
  isComplete?: () => boolean;
  write: (tx: Tx, items: readonly T[], fetchedAt: Date) => Promise<void>;
  /** What goes with rows that are gone. */
  afterDeletion?: (tx: Tx, fetchedAt: Date) => Promise<void>;
}

export type ListEnd = { failure: FinchFailure } | { cursor: StepCursor; note: string };

/**
 * Reads a list in one request and marks what is no longer in it; an empty one where there was data is held. After a
 * crash in the details that follow, the list is not asked for again; a repair asks for none.
 */
export async function mirrorList<T extends { id: string }>(
  work: StepWork,
  list: Listed<T>,
): Promise<ListEnd> {
  if (work.runScope === "repair" || work.cursor.listedAt !== undefined)
    return { cursor: work.cursor, note: "" };
  const fetchedAt = await fetchTime(work.ctx);
  const outcome = await list.fetch();
  if (outcome.kind !== "ok") return { failure: outcome };
  const complete = list.isComplete?.() ?? true;
  const cursor: StepCursor = {
    retries: 0,
    waits: 0,
    restarts: 0,
    erased: 0,
    unreadable: 0,
    listedAt: fetchedAt.toISOString(),
  };
  // An id twice would stop the whole write; the later one counts.
  const chunks = inChunks([...new Map(outcome.data.map((item) => [item.id, item])).values()]);
  let note = "";
  for (const [index, chunk] of chunks.entries()) {
    await inLease(work.ctx, work.lease, async (tx, held) => {
      await list.write(tx, chunk, fetchedAt);
      if (index < chunks.length - 1) return;
      if (complete) note = await endList(tx, work, list, fetchedAt, held, outcome);
      const age = {
        ...outcome.age,
        retrievedAt: outcome.age.retrievedAt ?? (list.isLive ? fetchedAt : null),
      };
      if (list.product !== null) await saveFreshness(tx, held, list.product, age, fetchedAt);
      await updateStep(tx, work.lease.key, { done: 0, itemErrors: 0, cursor });
    });
  }
  return { cursor, note };
}

async function endList<T extends { id: string }>(
  tx: Tx,
  work: StepWork,
  { table, afterDeletion }: Listed<T>,
  fetchedAt: Date,
  { run }: Held,
  { data, requestId }: { data: readonly unknown[]; requestId: string | null },
): Promise<string> {
  const rows = await countAbsent(tx, work.scope, table, fetchedAt);
  if (data.length === 0 && rows > 0) {
    const accepted = await holdRows(tx, work.scope, { product: table, rows, runId: run.id, requestId });
    if (!accepted) return heldNote(rows);
  }
  if (rows > 0) {
    await markAbsent(tx, work.scope, table, fetchedAt);
    await afterDeletion?.(tx, fetchedAt);
  }
  await resolveHold(tx, work.scope, table);
  return "";
}

/** What a step says when nothing came where there was data. */
export const heldNote = (rows: number) =>
  `Finch gives nothing now where there ${rows === 1 ? "was 1 entry" : `were ${rows} entries`}. All is kept until somebody says that this is right.`;

/** Adds what the list had to say to what became of its details. */
export function withNote(end: StepEnd, note: string): StepEnd {
  if (note === "" || end.end !== "done") return end;
  return { ...end, message: [note, end.message].filter((part) => part !== undefined).join(" ") };
}

/** Which items are read one by one after the list; in a repair those that are not here in whole. */
export function detailsWanted(cursor: StepCursor, kind: "listed" | "unread" = "listed"): DetailsWanted {
  return cursor.listedAt === undefined ? { kind: "incomplete" } : { kind, since: new Date(cursor.listedAt) };
}
