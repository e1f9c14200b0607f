import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok, type BearerCall, type Handler } from "@/sandbox/call";
import { batchLimitExceeded, notFound, toItemBody } from "@/sandbox/errors";
import { publishedPeople } from "@/sandbox/people";
import type { Person } from "@/sandbox/seed/types";
import { parseInput } from "@/sandbox/validate";

const maxBatch = 10_000;

const batchOf = (id: z.ZodType<string>) =>
  z.object({
    requests: z.array(z.object({ individual_id: id })),
    options: z.object({ include: z.array(z.string()).nullish() }).nullish(),
  });

const unknownIndividual = (id: string) =>
  toItemBody(notFound(`No individual with id ${id} found`, "individual_not_found"));

type BatchError = Finch.HRIS.Individual.BatchError;

/** One of a batch, in whichever words. */
interface Item<T> {
  individual_id: string;
  code: number;
  body: T | BatchError;
}

/** A handler that answers a batch of individuals, each with a code of its own. */
export function individualBatch<T>(
  product: string,
  toWire: (person: Person, call: BearerCall, include: readonly string[]) => T,
  individualId: z.ZodType<string> = z.string(),
): Handler<{ responses: Item<T>[] }> {
  const Batch = batchOf(individualId);
  return bearer((call) => {
    const { requests, options } = parseInput(Batch, call.body);
    if (requests.length > maxBatch) throw batchLimitExceeded(maxBatch);
    const pending = checkData(call.caller, product);
    if (pending) return { status: 202, body: pending };
    const people = publishedPeople(call.world, call.caller);
    const responses = requests.map(({ individual_id }): Item<T> => {
      const person = people.find(individual_id);
      return person
        ? { individual_id, code: 200, body: toWire(person, call, options?.include ?? []) }
        : { individual_id, code: 404, body: unknownIndividual(individual_id) };
    });
    return ok({ responses });
  });
}
