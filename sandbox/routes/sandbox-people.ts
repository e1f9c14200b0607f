import { randomUUID } from "node:crypto";
import { z } from "zod";
import { bearer, ok, type BearerCall } from "@/sandbox/call";
import { notFound } from "@/sandbox/errors";
import { addPeople, blankPerson, workingPeople, writePerson } from "@/sandbox/people";
import type { Result, Routes } from "@/sandbox/results";
import { toEmployment } from "@/sandbox/routes/employment";
import { toIndividual } from "@/sandbox/routes/individual";
import { EmploymentInput, IndividualInput, PersonInput } from "@/sandbox/seed/inputs";
import type { Person } from "@/sandbox/seed/types";
import { maxItems, parseInput } from "@/sandbox/validate";

/**
 * Adds people (Finch: Add new individuals to a sandbox company); a sync makes them visible. Fields that
 * are left out are null. Called without a body, as the SDK does without arguments, it adds nobody.
 */
const create = bearer<Result<"POST /sandbox/directory">>(({ world, caller, body }) => {
  const people = parseInput(z.array(PersonInput).max(maxItems), body ?? []);
  const added = people.map((values) => ({ id: randomUUID(), values }));
  addPeople(world, caller, added);
  return ok(added.map(({ id, values }) => ({ ...blankPerson(id), ...values })));
});

function change(call: BearerCall, values: Partial<Person>): Person {
  const id = call.params["individual_id"] ?? "";
  const people = workingPeople(call.world, call.caller);
  const missing = () => notFound(`No individual with id ${id} found`, "individual_not_found");
  if (!people.find(id)) throw missing();
  writePerson(call.world, call.caller.connection, id, values);
  const changed = people.find(id);
  if (!changed) throw missing();
  return changed;
}

/** Changes the fields given; a sync makes it visible. 404 where the person is unknown. */
const updateIndividual = bearer<Result<"PUT /sandbox/individual/{individual_id}">>((call) =>
  ok(toIndividual(change(call, parseInput(IndividualInput, call.body ?? {})), true)),
);

/** Changes the fields given; a sync makes it visible. 404 where the person is unknown. */
const updateEmployment = bearer<Result<"PUT /sandbox/employment/{individual_id}">>((call) =>
  ok(toEmployment(change(call, parseInput(EmploymentInput, call.body ?? {})))),
);

export const sandboxPeople = {
  "POST /sandbox/directory": create,
  "PUT /sandbox/individual/{individual_id}": updateIndividual,
  "PUT /sandbox/employment/{individual_id}": updateEmployment,
} satisfies Routes;
