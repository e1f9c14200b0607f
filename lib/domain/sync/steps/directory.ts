import type { Tx } from "@/db/client";
import {
  countSeenSince,
  markAbsentDeleted,
  upsertDirectoryEntries,
} from "@/db/repositories/mirror-individuals";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { updateStep } from "@/db/repositories/sync-steps";
import {
  directoryPageSize,
  listDirectoryPage,
  type DataAge,
  type FinchDirectoryEntry,
  type FinchDirectoryPage,
} from "@/lib/finch";
import { inChunks } from "../chunks";
import type { StepCursor } from "../cursor";
import { fetchTime, inLease } from "../lease";
import { saveFreshness } from "../save-progress";
import type { StepEnd, StepWork } from "../work";

/**
 * Mirrors the directory page by page. Somebody who is missing counts as gone only after a complete pass: every
 * page 200, one count and one Finch-Data-Retrieved throughout, and as many people seen as were counted.
 */
export async function directoryStep(work: StepWork, pageSize = directoryPageSize): Promise<StepEnd> {
  let pass = work.cursor;
  for (;;) {
    const fetchedAt = await fetchTime(work.ctx);
    const offset = pass.offset ?? 0;
    const outcome = await listDirectoryPage(work.caller, work.token, {
      ...work.scope,
      offset,
      limit: pageSize,
    });
    if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
    const next = nextCursor(pass, outcome.data, outcome.age, fetchedAt);
    await writePage(work, outcome.data, outcome.age, next, fetchedAt);
    pass = next;
    if (isLastPage(outcome.data, next)) {
      const { again, message } = await endPass(work, pass);
      if (!again) return { end: "done", ...(message ? { message } : {}) };
      pass = restart(pass);
    }
  }
}

/** Where to go on: a pass remembers how it began, to know at its end whether it saw one state of the directory. */
function nextCursor(pass: StepCursor, page: FinchDirectoryPage, age: DataAge, fetchedAt: Date): StepCursor {
  const first = pass.passStartedAt === undefined;
  const retrievedAt = age.retrievedAt?.toISOString() ?? null;
  const changed = !first && (pass.count !== page.count || pass.retrievedAt !== retrievedAt);
  return {
    ...pass,
    retries: 0,
    waits: 0,
    passStartedAt: pass.passStartedAt ?? fetchedAt.toISOString(),
    offset: (pass.offset ?? 0) + page.entries.length,
    // A changed count can never equal what the pass saw, so the pass stays incomplete.
    count: changed ? -1 : page.count,
    retrievedAt: first ? retrievedAt : (pass.retrievedAt ?? null),
  };
}

function isLastPage(page: FinchDirectoryPage, cursor: StepCursor): boolean {
  if (page.entries.length === 0) return true;
  return page.count !== null && (cursor.offset ?? 0) >= page.count;
}

async function writePage(
  work: StepWork,
  page: FinchDirectoryPage,
  age: DataAge,
  cursor: StepCursor,
  fetchedAt: Date,
): Promise<void> {
  const before = (cursor.offset ?? 0) - page.entries.length;
  // An id twice on one page would stop the whole write; the later one counts.
  const unique = [...new Map(page.entries.map((entry) => [entry.id, entry])).values()];
  const chunks = inChunks(unique);
  for (const [index, chunk] of chunks.entries()) {
    const last = index === chunks.length - 1;
    await inLease(work.ctx, work.lease, async (tx, held) => {
      await writeEntries(tx, work, chunk, fetchedAt);
      const done = last ? (cursor.offset ?? 0) : before + (index + 1) * chunk.length;
      // The cursor moves with the last chunk: a worker killed before asks for this page again, once.
      await updateStep(tx, work.lease.key, { done, total: page.count, ...(last ? { cursor } : {}) });
      if (last) await saveFreshness(tx, held, "directory", age, fetchedAt);
    });
  }
}

async function writeEntries(
  tx: Tx,
  work: StepWork,
  entries: readonly FinchDirectoryEntry[],
  fetchedAt: Date,
): Promise<void> {
  await upsertDirectoryEntries(
    tx,
    work.scope,
    entries.map(({ id, raw: _raw, ...entry }) => ({ finchId: id, ...entry })),
    fetchedAt,
  );
  const raws = entries.map(({ id, raw }) => ({ finchId: id, raw }));
  await upsertRawRecords(tx, work.scope, "directory", raws, fetchedAt);
}

/** Marks who is gone after a complete pass; an incomplete one is repeated once. */
async function endPass(work: StepWork, pass: StepCursor): Promise<{ again: boolean; message: string }> {
  return inLease(work.ctx, work.lease, async (tx) => {
    const since = new Date(pass.passStartedAt ?? 0);
    const seen = await countSeenSince(tx, work.scope, since);
    const complete = pass.count === null || pass.count === undefined ? true : pass.count === seen;
    if (complete) {
      const gone = await markAbsentDeleted(tx, work.scope, since);
      await updateStep(tx, work.lease.key, { done: seen, total: seen });
      const leavers = gone === 1 ? "1 person is" : `${gone} people are`;
      return { again: false, message: gone === 0 ? "" : `${leavers} no longer in the directory.` };
    }
    if (pass.restarts > 0) {
      return {
        again: false,
        message: "The directory changed while it was read; nobody was taken out of it.",
      };
    }
    await updateStep(tx, work.lease.key, { done: 0, cursor: restart(pass) });
    return { again: true, message: "" };
  });
}

function restart(pass: StepCursor): StepCursor {
  return { retries: 0, waits: 0, restarts: pass.restarts + 1 };
}
