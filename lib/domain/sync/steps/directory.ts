import type { Tx } from "@/db/client";
import {
  countPeople,
  countSeenSince,
  markAbsentDeleted,
  upsertDirectoryEntries,
} from "@/db/repositories/mirror-individuals";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { holdRows, resolveHold } from "@/db/repositories/sync-holds";
import { planStepRequests, updateStep } from "@/db/repositories/sync-steps";
import { streamDirectory, type FinchDirectoryEnd, type FinchDirectoryEntry, type FinchOk } from "@/lib/finch";
import { readCursor, type StepCursor } from "../cursor";
import { fetchTime, inLease, type Held } from "../lease";
import { saveFreshness } from "../save-progress";
import { loadSuppressions } from "../suppressions";
import { withoutManager } from "./without-manager";
import type { StepEnd, StepWork } from "../work";
import { pageSizes } from "../page-sizes";

type Page = FinchOk<FinchDirectoryEnd>;

/**
 * Mirrors the directory page by page. Somebody who is missing counts as gone only after a complete pass: every
 * page 200, one count and one Finch-Data-Retrieved throughout, and as many people seen as were counted. A directory
 * that is empty where people were is held.
 */
export async function directoryStep(work: StepWork, pageSize = pageSizes.directory): Promise<StepEnd> {
  let pass = work.cursor;
  let requestId: string | null = null;
  for (;;) {
    if (pass.isRead) {
      const { again, message } = await endPass(work, pass, requestId);
      if (!again) return { end: "done", ...(message ? { message } : {}) };
      pass = restart(pass);
    }
    const fetchedAt = await fetchTime(work.ctx);
    const offset = pass.offset ?? 0;
    let done = offset;
    let erased = 0;
    const query = { ...work.scope, offset, limit: pageSize };
    const outcome = await streamDirectory(work.caller, work.token, query, (entries) =>
      inLease(work.ctx, work.lease, async (tx) => {
        erased += await writeEntries(tx, work, entries, fetchedAt);
        done += entries.length;
        await updateStep(tx, work.lease.key, { done });
      }),
    );
    if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
    pass = nextCursor(pass, outcome, fetchedAt, erased);
    requestId = outcome.requestId;
    pass = await endPage(work, outcome, pass, pageSize, fetchedAt);
  }
}

const lengthOf = ({ items, unreadable }: FinchDirectoryEnd) => items + unreadable;

/** Where to go on: a pass remembers how it began, to know at its end whether it saw one state of the directory. */
function nextCursor(pass: StepCursor, { data, age }: Page, fetchedAt: Date, erased: number): StepCursor {
  const first = pass.passStartedAt === undefined;
  const retrievedAt = age.retrievedAt?.toISOString() ?? null;
  const changed = !first && (pass.count !== data.count || pass.retrievedAt !== retrievedAt);
  const offset = (pass.offset ?? 0) + lengthOf(data);
  return {
    ...pass,
    retries: 0,
    waits: 0,
    passStartedAt: pass.passStartedAt ?? fetchedAt.toISOString(),
    offset,
    isRead: lengthOf(data) === 0 || (data.count !== null && offset >= data.count),
    // A changed count can never equal what the pass saw, so the pass stays incomplete.
    count: changed ? -1 : data.count,
    retrievedAt: first ? retrievedAt : (pass.retrievedAt ?? null),
    erased: pass.erased + erased,
    unreadable: pass.unreadable + data.unreadable,
  };
}

/** The cursor moves with the end of a page: a worker killed before asks for this page again, once. */
async function endPage(
  work: StepWork,
  { data, age }: Page,
  pass: StepCursor,
  pageSize: number,
  fetchedAt: Date,
): Promise<StepCursor> {
  return inLease(work.ctx, work.lease, async (tx, held) => {
    const since = new Date(pass.passStartedAt ?? fetchedAt);
    const seen = await countSeenSince(tx, work.scope, since);
    const isStuck = lengthOf(data) > 0 && !bringsMore(readCursor(held.step.cursor), { ...pass, seen });
    // Of a directory that repeats itself nothing is known beyond what it repeats.
    const cursor = { ...pass, seen, ...(isStuck ? { isRead: true, count: -1 } : {}) };
    const pages = Math.max(1, Math.ceil((data.count ?? cursor.offset ?? 0) / pageSize));
    await updateStep(tx, work.lease.key, {
      done: cursor.offset ?? 0,
      total: data.count,
      cursor,
      plannedRequests: pages * (1 + cursor.restarts),
    });
    await saveFreshness(tx, held, "directory", age, fetchedAt);
    return cursor;
  });
}

/** Whether a page had somebody who was on none before it. Without a count only people whom the mirror keeps end a pass. */
function bringsMore(before: StepCursor, after: StepCursor): boolean {
  if (after.seen !== (before.seen ?? 0)) return true;
  const others = after.erased !== before.erased || after.unreadable !== before.unreadable;
  return others && after.count !== null;
}

/** Writes people of a page; gives how many of them were erased and are not kept. */
async function writeEntries(
  tx: Tx,
  { scope }: StepWork,
  entries: readonly FinchDirectoryEntry[],
  fetchedAt: Date,
): Promise<number> {
  const isErased = await loadSuppressions(tx, scope);
  // An id twice would stop the whole write; the later one counts.
  const unique = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  const kept = unique.filter(({ id }) => !isErased(id));
  const rows = kept.map(({ id, raw: _raw, ...entry }) => ({
    finchId: id,
    ...entry,
    managerId: entry.managerId !== null && isErased(entry.managerId) ? null : entry.managerId,
  }));
  await upsertDirectoryEntries(tx, scope, rows, fetchedAt);
  const raws = kept.map(({ id, managerId, raw }) => ({
    finchId: id,
    raw: managerId !== null && isErased(managerId) ? withoutManager(raw) : raw,
  }));
  await upsertRawRecords(tx, scope, "directory", raws, fetchedAt);
  return unique.length - kept.length;
}

interface PassEnd {
  again: boolean;
  message: string;
}

/** Marks who is gone after a complete pass; one that saw the directory change is repeated once. */
async function endPass(work: StepWork, pass: StepCursor, requestId: string | null): Promise<PassEnd> {
  return inLease(work.ctx, work.lease, async (tx, held) => {
    const since = new Date(pass.passStartedAt ?? 0);
    const seen = await countSeenSince(tx, work.scope, since);
    await planPeople(tx, work, seen);
    if (pass.unreadable > 0) {
      const entries = pass.unreadable === 1 ? "1 entry" : `${pass.unreadable} entries`;
      const message = `${entries} of the directory could not be read; nobody was taken out of it.`;
      return { again: false, message };
    }
    if (pass.count === null || pass.count === undefined || pass.count === seen + pass.erased)
      return { again: false, message: await endComplete(tx, work, held, { since, seen, requestId }) };
    if (pass.restarts > 0) {
      const message = "The directory changed while it was read; nobody was taken out of it.";
      return { again: false, message };
    }
    await updateStep(tx, work.lease.key, { done: 0, cursor: restart(pass) });
    return { again: true, message: "" };
  });
}

async function endComplete(
  tx: Tx,
  { scope, lease }: StepWork,
  { run }: Held,
  { since, seen, requestId }: { since: Date; seen: number; requestId: string | null },
): Promise<string> {
  const known = seen === 0 ? await countPeople(tx, scope) : 0;
  if (known > 0) {
    const empty = { product: "directory" as const, rows: known, runId: run.id, requestId };
    const accepted = await holdRows(tx, scope, empty);
    if (!accepted) {
      const people = known === 1 ? "1 person was" : `${known} people were`;
      return `The directory is empty now where ${people}. All are kept until somebody says that this is right.`;
    }
  }
  const gone = await markAbsentDeleted(tx, scope, since);
  await resolveHold(tx, scope, "directory");
  await updateStep(tx, lease.key, { done: seen, total: seen });
  const leavers = gone === 1 ? "1 person is" : `${gone} people are`;
  return gone === 0 ? "" : `${leavers} no longer in the directory.`;
}

/** Now it is known how many requests the steps about people need. */
async function planPeople(tx: Tx, { lease }: StepWork, people: number): Promise<void> {
  for (const name of ["individual", "employment"])
    await planStepRequests(tx, { ...lease.key, name }, Math.ceil(people / pageSizes.people));
}

function restart(pass: StepCursor): StepCursor {
  return { retries: 0, waits: 0, restarts: pass.restarts + 1, erased: 0, unreadable: 0 };
}
