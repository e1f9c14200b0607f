import { operations } from "@/sandbox/operations";
import type { FinchSchema } from "@/sandbox/testing/finch-schema";
import type { Company } from "@/sandbox/testing/walk/companies";
import { spoiledBodies, spoiledQueries, type Spoiled } from "@/sandbox/testing/walk/spoil";
import { nobody, type Stop } from "@/sandbox/testing/walk/stop";
import { wantedStatus } from "@/sandbox/testing/walk/stops";
import type { Sending } from "@/sandbox/testing/walk/walker";

const refused = [400, 404, 422] as const;

/** The first good request of each operation, to be changed. */
export function firstOf(stops: readonly Stop[], test: (operation: string) => boolean = () => true): Stop[] {
  return operations
    .map(({ id }) => stops.find(({ operation }) => operation === id))
    .filter((stop) => stop !== undefined)
    .filter(({ operation }) => test(operation));
}

/** Every good request in its order; what each answer says becomes the ids of the next. */
export async function walkGood(schema: FinchSchema, company: Company, stops: readonly Stop[]): Promise<void> {
  const { facts, kind, walker } = company;
  for (const stop of stops) {
    const { operation, note, keep } = stop;
    const sending = stop.send?.(facts) ?? {};
    const heard = await walker.expect(wantedStatus(stop, kind), { operation, note, ...sending });
    const wrong = sending.body === undefined ? [] : (schema.requestProblems(operation, sending.body) ?? []);
    for (const problem of wrong) walker.judge.add(heard, `the request itself is wrong: ${problem}`);
    if (heard.status < 300 && keep) Object.assign(facts, keep(heard.body));
  }
}

/** Every bad variant of every good request. Nothing of them may be taken. */
export async function walkBad(schema: FinchSchema, company: Company, stops: readonly Stop[]): Promise<void> {
  for (const stop of firstOf(stops)) {
    const good = { operation: stop.operation, note: "good", ...stop.send?.(company.facts) };
    const status = wantedStatus(stop, company.kind);
    // Where a connection lacks an operation, Finch does not say whether it looks at the input first.
    const wanted = status >= 300 ? [...refused, status] : refused;
    await sendSpoiled(schema, company, good, wanted);
    await sendBroken(company, good, wanted);
    await sendUnknownIds(company, good, wanted);
  }
}

async function sendSpoiled(
  schema: FinchSchema,
  { walker }: Company,
  good: Sending,
  wanted: readonly number[],
) {
  const { operation, body } = good;
  const bodies = body === undefined ? [] : spoiledBodies(schema, operation, body);
  for (const spoiled of [...bodies, ...spoiledQueries(schema, operation)]) {
    const { note, refusal } = spoiled;
    const sending = withSpoiled(good, spoiled);
    if (refusal === "may" || walker.judge.isLenient(operation, note)) await walker.send(sending);
    else await walker.expect(wanted, sending);
  }
}

function withSpoiled(good: Sending, { note, body, query }: Spoiled): Sending {
  const both = Object.entries({ ...good.query, ...query });
  const kept = both.filter((entry): entry is [string, string] => entry[1] !== null);
  return { ...good, note, query: Object.fromEntries(kept), ...(body === undefined ? {} : { body }) };
}

/** Bodies that are no JSON, none, or larger than is taken. */
async function sendBroken({ walker }: Company, { body, ...good }: Sending, wanted: readonly number[]) {
  if (body === undefined) return;
  await walker.expect(wanted, { ...good, note: "half a body", text: '{"requests":' });
  await walker.send({ ...good, note: "no body" });
  await walker.expect(wanted, {
    ...good,
    note: "deeply nested",
    text: "[".repeat(5_000) + "]".repeat(5_000),
  });
}

async function sendUnknownIds({ walker }: Company, good: Sending, wanted: readonly number[]) {
  const names = Object.keys(good.params ?? {});
  for (const id of names.length > 0 ? [nobody, "x", "%00", "__proto__"] : []) {
    const params = Object.fromEntries(names.map((name) => [name, id]));
    await walker.expect(wanted, { ...good, note: `the id ${id}`, params });
  }
}
