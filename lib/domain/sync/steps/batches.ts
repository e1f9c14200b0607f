import { inScope, type Tx } from "@/db/client";
import {
  countPeople,
  listPeopleAfter,
  markItemErrors,
  type MirroredPerson,
  type PeopleWanted,
} from "@/db/repositories/mirror-individuals";
import { updateStep } from "@/db/repositories/sync-steps";
import type { ChunkHandler, FinchItem, FinchItemError, Outcome, StreamEnd } from "@/lib/finch";
import { inChunks } from "../chunks";
import { fetchTime, inLease, type Held } from "../lease";
import { saveFreshness } from "../save-progress";
import { loadSuppressions } from "../suppressions";
import type { StepEnd, StepWork } from "../work";

/** Finch's answer about one mirrored person. */
export interface PersonData<T> {
  person: MirroredPerson;
  data: T;
}

/** Of a Finch id: that person may not be stored again (SECURITY 19). */
export type IsErased = (individualId: string) => boolean;

interface BatchProduct<T> {
  product: "individual" | "employment";
  /** People in one request. */
  size: number;
  stream(individualIds: string[], onItems: ChunkHandler<FinchItem<T>>): Promise<Outcome<StreamEnd>>;
  write(tx: Tx, people: readonly PersonData<T>[], fetchedAt: Date, isErased: IsErased): Promise<void>;
}

const missing: FinchItemError = {
  code: 0,
  name: "missing",
  finchCode: null,
  message: "Finch's answer left this person out.",
};

interface Progress {
  done: number;
  total: number;
  errors: number;
}

/**
 * Fetches one product for everybody in the directory, 10,000 a request, and writes it in parts as it arrives. An
 * error of one person is kept on that person and stops nobody else. A worker killed in a batch asks for that batch
 * again, once. A repair asks only for those whose data is missing or came with an error.
 */
export async function mirrorBatches<T>(work: StepWork, batch: BatchProduct<T>): Promise<StepEnd> {
  const wanted: PeopleWanted = work.runScope === "repair" ? { incomplete: batch.product } : {};
  let afterId = work.cursor.afterId ?? null;
  const progress = await readProgress(work, wanted, afterId);
  for (;;) {
    const cursor = afterId;
    const people = await inScope(
      work.ctx,
      (tx) => listPeopleAfter(tx, work.scope, cursor, batch.size, wanted),
      { readOnly: true },
    );
    const last = people.at(-1);
    if (!last) return ending(work, progress);
    const outcome = await readBatch(work, batch, people, progress);
    if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
    afterId = last.id;
  }
}

async function readProgress(work: StepWork, wanted: PeopleWanted, afterId: string | null): Promise<Progress> {
  return inScope(
    work.ctx,
    async (tx) => {
      const total = await countPeople(tx, work.scope, wanted);
      const left = await countPeople(tx, work.scope, { ...wanted, afterId });
      return { total, done: total - left, errors: afterId === null ? 0 : work.step.itemErrors };
    },
    { readOnly: true },
  );
}

async function readBatch<T>(
  work: StepWork,
  batch: BatchProduct<T>,
  people: readonly MirroredPerson[],
  progress: Progress,
): Promise<Outcome<StreamEnd>> {
  const fetchedAt = await fetchTime(work.ctx);
  const awaited = new Map(people.map((person) => [person.finchId, person]));
  const write = (answers: readonly Answer<T>[], end?: (tx: Tx, held: Held) => Promise<void>) =>
    inLease(work.ctx, work.lease, async (tx, held) => {
      progress.errors += await writeAnswers(tx, work, batch, answers, fetchedAt);
      progress.done += answers.length;
      const { done, total } = progress;
      await updateStep(tx, work.lease.key, { done, total: Math.max(total, done) });
      await end?.(tx, held);
    });
  const ids = people.map((person) => person.finchId);
  const outcome = await batch.stream(ids, (items) => write(takeAwaited(awaited, items)));
  if (outcome.kind !== "ok") return outcome;
  const left = inChunks([...awaited.values()].map((person) => ({ person, item: null })));
  for (const [index, chunk] of left.entries()) {
    const isLast = index === left.length - 1;
    await write(chunk, isLast ? (tx, held) => endBatch(tx, held, outcome) : undefined);
  }
  return outcome;

  async function endBatch(tx: Tx, held: Held, { age }: Extract<typeof outcome, { kind: "ok" }>) {
    const cursor = { afterId: people.at(-1)?.id };
    await updateStep(tx, work.lease.key, { itemErrors: progress.errors, cursor });
    await saveFreshness(tx, held, batch.product, age, fetchedAt);
  }
}

interface Answer<T> {
  person: MirroredPerson;
  /** Null where the answer left the person out. */
  item: FinchItem<T> | null;
}

/** The items of people who were asked for, each once. */
function takeAwaited<T>(awaited: Map<string, MirroredPerson>, items: readonly FinchItem<T>[]): Answer<T>[] {
  return items.flatMap((item) => {
    const person = awaited.get(item.individualId);
    awaited.delete(item.individualId);
    return person ? [{ person, item }] : [];
  });
}

/** Writes what came of some people; gives how many of them came with an error. */
async function writeAnswers<T>(
  tx: Tx,
  { scope }: StepWork,
  batch: BatchProduct<T>,
  answers: readonly Answer<T>[],
  fetchedAt: Date,
): Promise<number> {
  const isErased = await loadSuppressions(tx, scope);
  const good: PersonData<T>[] = [];
  const bad: { id: string; error: FinchItemError }[] = [];
  for (const { person, item } of answers) {
    if (isErased(person.finchId)) continue;
    if (item?.kind === "ok") good.push({ person, data: item.data });
    else bad.push({ id: person.id, error: item?.error ?? missing });
  }
  await batch.write(tx, good, fetchedAt, isErased);
  await markItemErrors(tx, scope, batch.product, bad, fetchedAt);
  return bad.length;
}

function ending({ runScope }: StepWork, { done, errors }: Progress): StepEnd {
  if (runScope === "repair" && done === 0)
    return { end: "skipped", outcome: "complete", message: "Nothing was missing." };
  return { end: "done", ...(errors > 0 ? { message: itemMessage(errors) } : {}) };
}

const itemMessage = (errors: number) =>
  errors === 1
    ? "One person could not be read; the reason is on their page."
    : `${errors} people could not be read; the reasons are on their pages.`;
