import type { Tx } from "@/db/client";
import {
  countPeople,
  listPeopleAfter,
  markItemErrors,
  type MirroredPerson,
} from "@/db/repositories/mirror-individuals";
import { updateStep } from "@/db/repositories/sync-steps";
import { inScope } from "@/db/client";
import type { FinchItem, FinchItemError, Outcome } from "@/lib/finch";
import { inChunks } from "../chunks";
import { fetchTime, inLease } from "../lease";
import { saveFreshness } from "../save-progress";
import type { StepEnd, StepWork } from "../work";

/** Finch's ceiling for /individual and /employment. */
export const batchSize = 10_000;

/** Finch's answer about one mirrored person. */
export interface PersonData<T> {
  person: MirroredPerson;
  data: T;
}

interface BatchProduct<T> {
  product: "individual" | "employment";
  fetch(individualIds: string[]): Promise<Outcome<FinchItem<T>[]>>;
  write(tx: Tx, people: readonly PersonData<T>[], fetchedAt: Date): Promise<void>;
}

const missing: FinchItemError = {
  code: 0,
  name: "missing",
  finchCode: null,
  message: "Finch's answer left this person out.",
};

/**
 * Fetches one product for everybody in the directory, 10,000 a request, and writes 1,000 a transaction. An error
 * of one person is kept on that person and stops nobody else.
 */
export async function mirrorBatches<T>(work: StepWork, batch: BatchProduct<T>): Promise<StepEnd> {
  const total = await inScope(work.ctx, (tx) => countPeople(tx, work.scope), { readOnly: true });
  let afterId = work.cursor.afterId ?? null;
  let done = afterId === null ? 0 : work.step.done;
  let errors = afterId === null ? 0 : work.step.itemErrors;
  for (;;) {
    const cursor = afterId;
    const people = await inScope(work.ctx, (tx) => listPeopleAfter(tx, work.scope, cursor, batchSize), {
      readOnly: true,
    });
    if (people.length === 0) return { end: "done", ...(errors > 0 ? { message: itemMessage(errors) } : {}) };
    const fetchedAt = await fetchTime(work.ctx);
    const outcome = await batch.fetch(people.map((person) => person.finchId));
    if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
    const items = new Map(outcome.data.map((item) => [item.individualId, item]));
    for (const chunk of inChunks(people)) {
      const { good, bad } = sort(chunk, items);
      done += chunk.length;
      errors += bad.length;
      afterId = chunk.at(-1)?.id ?? afterId;
      const progress = { done, total: Math.max(total, done), itemErrors: errors, cursor: { afterId } };
      await inLease(work.ctx, work.lease, async (tx, held) => {
        await batch.write(tx, good, fetchedAt);
        await markItemErrors(tx, work.scope, batch.product, bad, fetchedAt);
        await updateStep(tx, work.lease.key, progress);
        await saveFreshness(tx, held, batch.product, outcome.age, fetchedAt);
      });
    }
  }
}

function sort<T>(people: readonly MirroredPerson[], items: ReadonlyMap<string, FinchItem<T>>) {
  const good: PersonData<T>[] = [];
  const bad: { id: string; error: FinchItemError }[] = [];
  for (const person of people) {
    const item = items.get(person.finchId);
    if (item?.kind === "ok") good.push({ person, data: item.data });
    else bad.push({ id: person.id, error: item?.error ?? missing });
  }
  return { good, bad };
}

const itemMessage = (errors: number) =>
  errors === 1
    ? "One person could not be read; the reason is on their page."
    : `${errors} people could not be read; the reasons are on their pages.`;
