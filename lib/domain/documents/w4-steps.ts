import { inScope } from "@/db/client";
import {
  countPeopleOf,
  findDocumentSync,
  listPeopleToAsk,
  markPerson,
  settleAsked,
  type PersonToAsk,
} from "@/db/repositories/document-syncs";
import { findRun } from "@/db/repositories/sync-runs";
import { enqueueSync } from "@/lib/domain/sync/enqueue-sync";
import { rememberUnsupported } from "@/lib/domain/sync/unsupported";
import { createW4Job, isRetryable, listJobs, type FinchFailure } from "@/lib/finch";
import type { W4Work } from "./advance-w4-sync";
import { w4Key } from "./w4-state";

/** What comes of a step: the next one and when, the end, or a failure that ends it. */
export type W4Step =
  | {
      next: string;
      inMs: number;
      retries?: number;
      message?: string;
      requestId?: string | null;
      runId?: string;
    }
  | { done: true }
  | { code: string; message: string; requestId?: string | null };

/** People that one job asks for before it looks at what Finch has done: a job stays short, and Finch's list, newest first, names all of them. */
const askedAtOnce = 20;
const secondMs = 1_000;
const maxRetries = 8;
/** Looks at jobs that hang, some half an hour, before the forms are read as they are. */
const maxLooks = 40;

const backoffMs = (retries: number) => Math.min(15 * 60, 15 * 2 ** retries) * secondMs;

/** Failures after which asking for the next person is of no use. */
const endsAll = new Set<FinchFailure["kind"]>([
  "reauthenticate",
  "setup_required",
  "forbidden_scope",
  "insufficient_permissions",
  "payment_required",
  "not_implemented",
]);

/** Asks Finch for the next people, one request each. */
export async function askPeople(work: W4Work): Promise<W4Step> {
  const { ctx, sync } = work;
  const people = await inScope(ctx, (tx) => listPeopleToAsk(tx, sync, askedAtOnce), { readOnly: true });
  if (people.length === 0) return { next: "fetching", inMs: 2 * secondMs };
  for (const person of people) {
    const trouble = await askFor(work, person);
    if (trouble) return trouble;
    if (await isStopped(work)) return { next: "asking", inMs: 0 };
  }
  await look(work);
  return { next: "asking", inMs: 0 };
}

async function askFor(work: W4Work, { individualId, finchId }: PersonToAsk): Promise<W4Step | null> {
  const { ctx, sync, caller, token, connection } = work;
  const asked = await createW4Job(caller, token, finchId);
  const keep = (end: Parameters<typeof markPerson>[3]) =>
    inScope(ctx, (tx) => markPerson(tx, sync, individualId, end));
  if (asked.kind === "ok") {
    const { jobId } = asked.data;
    await keep({
      state: jobId === null ? "fetched" : "asked",
      finchJobId: jobId,
      requestId: asked.requestId,
    });
    return null;
  }
  const { message, requestId } = asked;
  if (asked.kind === "not_implemented") {
    const why = { outcome: asked.kind, message, requestId };
    await inScope(ctx, (tx) => rememberUnsupported(tx, connection, w4Key, why));
  }
  if (endsAll.has(asked.kind)) return { code: asked.kind, message, requestId };
  if (asked.retryAt !== undefined)
    return {
      next: "asking",
      inMs: Math.max(secondMs, asked.retryAt.getTime() - Date.now()),
      message,
      requestId,
    };
  if (isRetryable(asked) && sync.retries < maxRetries)
    return {
      next: "asking",
      inMs: backoffMs(sync.retries),
      retries: sync.retries + 1,
      message,
      requestId,
    };
  // About this person alone, or tried often enough: the others are asked for all the same.
  await keep({ state: "failed", code: asked.finchCode ?? asked.kind, message, requestId });
  return null;
}

const isStopped = async ({ ctx, sync }: W4Work) =>
  (await inScope(ctx, (tx) => findDocumentSync(tx, ctx.scope.customerId, sync.id), { readOnly: true }))
    ?.finishedAt !== null;

/** Writes down which jobs are over; a failure to look is none of the request. */
async function look({ ctx, sync, caller, token }: W4Work): Promise<FinchFailure | null> {
  const listed = await listJobs(caller, token);
  if (listed.kind !== "ok") return listed;
  const jobs = listed.data.jobs
    .filter(({ type }) => type === "w4_form_employee_sync")
    .map(({ id, status }) => ({ id, status }));
  await inScope(ctx, (tx) => settleAsked(tx, sync, jobs));
  return null;
}

/** Looks until Finch is through with everybody, then has the forms read. */
export async function lookAtJobs(work: W4Work): Promise<W4Step> {
  const { ctx, sync } = work;
  const failed = await look(work);
  if (failed && endsAll.has(failed.kind))
    return { code: failed.kind, message: failed.message, requestId: failed.requestId };
  const { asked, fetched } = await inScope(ctx, (tx) => countPeopleOf(tx, sync), { readOnly: true });
  if (asked > 0 && sync.retries < maxLooks)
    return {
      next: "fetching",
      inMs: Math.min(60, 3 * (sync.retries + 1)) * secondMs,
      retries: sync.retries + 1,
    };
  if (asked + fetched === 0)
    return {
      code: "nothing_fetched",
      message: "Finch fetched no form: the reasons are kept with the people.",
    };
  return { next: "reading", inMs: 0 };
}

/** Has a sync of its own read the forms, and waits for it: one that is open already may have passed them. */
export async function readForms(work: W4Work): Promise<W4Step> {
  const { ctx, sync, connection } = work;
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx): Promise<W4Step> => {
    if (sync.runId) {
      const run = await findRun(tx, customerId, sync.runId);
      if (!run || run.finishedAt) return { done: true };
      return { next: "reading", inMs: 10 * secondMs, message: "A sync reads the forms." };
    }
    const { runId, joined } = await enqueueSync(tx, ctx, connection.id, "scheduled");
    if (joined)
      return { next: "reading", inMs: 20 * secondMs, message: "Waiting for the sync that is at work." };
    return { next: "reading", inMs: 5 * secondMs, runId, message: "A sync reads the forms." };
  });
}
