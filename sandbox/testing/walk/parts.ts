import { operations } from "@/sandbox/operations";
import type { FinchSchema } from "@/sandbox/testing/finch-schema";
import { basicAuthorization, type Company } from "@/sandbox/testing/walk/companies";
import { spoiledBodies, spoiledQueries, type Spoiled } from "@/sandbox/testing/walk/spoil";
import { nobody, type Stop } from "@/sandbox/testing/walk/stop";
import { stops, wantedStatus } from "@/sandbox/testing/walk/stops";

const refused = [400, 404, 422] as const;

type Isin = (operation: string) => boolean;

/** Every good request in its order; what each answer says becomes the ids of the next. */
export async function walkGood(schema: FinchSchema, company: Company, isIn: Isin): Promise<void> {
  for (const stop of stops.filter(({ operation }) => isIn(operation))) {
    const { operation, note, keep } = stop;
    const sending = stop.send?.(company.facts) ?? {};
    const wanted = wantedStatus(stop, company.kind);
    const heard = await company.walker.expect(wanted, { operation, note, ...sending });
    const wrong = sending.body === undefined ? [] : (schema.requestProblems(operation, sending.body) ?? []);
    for (const problem of wrong) company.walker.judge.add(heard, `the request itself is wrong: ${problem}`);
    if (heard.status < 300 && keep) Object.assign(company.facts, keep(heard.body));
  }
}

/** The first good request of each operation, to be changed. */
const firstStops = (isIn: Isin): Stop[] =>
  operations
    .map(({ id }) => stops.find(({ operation }) => operation === id))
    .filter((stop) => stop !== undefined)
    .filter(({ operation }) => isIn(operation));

/** Every bad variant of every good request. Nothing of them may be taken. */
export async function walkBad(schema: FinchSchema, company: Company, isIn: Isin): Promise<void> {
  const { facts, kind, walker } = company;
  const { judge } = walker;
  for (const stop of firstStops(isIn)) {
    const { operation } = stop;
    const { params, query, body } = stop.send?.(facts) ?? {};
    const bad: Spoiled[] = [
      ...(body === undefined ? [] : spoiledBodies(schema, operation, body)),
      ...spoiledQueries(schema, operation),
    ];
    const good = wantedStatus(stop, kind);
    for (const { note, refusal, ...changed } of bad) {
      const both = { ...query, ...changed.query };
      const kept = Object.entries(both).filter((entry): entry is [string, string] => entry[1] !== null);
      const sending = { operation, note, ...(params ? { params } : {}), query: Object.fromEntries(kept) };
      const sent = changed.body === undefined ? body : changed.body;
      const full = sent === undefined ? sending : { ...sending, body: sent };
      if (refusal === "may" || judge.isLenient(operation, note)) await walker.send(full);
      else await walker.expect([...refused, ...(good >= 300 ? [good] : [])], full);
    }
    if (body !== undefined) {
      const broken = { operation, ...(params ? { params } : {}) };
      await walker.expect([400, good >= 300 ? good : 400], {
        ...broken,
        note: "half a body",
        text: '{"requests":',
      });
      await walker.send({ ...broken, note: "no body" });
    }
    for (const id of params ? [nobody, "x", "%00", "__proto__"] : []) {
      const unknown = Object.fromEntries(Object.keys(params ?? {}).map((name) => [name, id]));
      const wanted = [...refused, ...(good >= 300 ? [good] : [])];
      await walker.expect(wanted, {
        operation,
        note: `the id ${id}`,
        params: unknown,
        ...(body === undefined ? {} : { body }),
      });
    }
  }
}

/** No token, a wrong one, one of another kind. */
export async function walkStrangers({ walker, facts }: Company, isIn: Isin): Promise<void> {
  for (const stop of firstStops(isIn)) {
    const { operation } = stop;
    if (operations.find(({ id }) => id === operation)?.auth !== "bearer") continue;
    const sending = { operation, ...stop.send?.(facts) };
    for (const authorization of [
      null,
      "Bearer nobody",
      basicAuthorization,
      "Bearer",
      "Bearer  ",
      "nonsense",
    ]) {
      const note = `Authorization ${authorization?.slice(0, 12)}`;
      await walker.expect(401, { ...sending, note, authorization });
    }
  }
}

/** Tokens that were not granted the product. */
export async function walkScopes(company: Company, poor: Company, isIn: Isin): Promise<void> {
  for (const stop of firstStops(isIn)) {
    const { operation } = stop;
    const product = operations.find(({ id }) => id === operation)?.product;
    if (!product) continue;
    await poor.walker.expect(403, { operation, note: `without ${product}`, ...stop.send?.(company.facts) });
  }
}

/** `entity_ids` in its spellings, and entities that are not there. */
export async function walkEntities({ walker, facts, kind }: Company, isIn: Isin): Promise<void> {
  for (const stop of firstStops(isIn).filter(({ operation }) => operation.includes(" /employer/"))) {
    const sending = { operation: stop.operation, ...stop.send?.(facts) };
    const ask = (note: string, more: Record<string, string>, wanted: number | readonly number[]) =>
      walker.expect(wanted, { ...sending, note, query: { ...sending.query, ...more } });
    const entity = facts["entity"] ?? "";
    const good = wantedStatus(stop, kind);
    const isRead = stop.operation.startsWith("GET");
    if (isRead) {
      await ask("its entity", { entity_ids: entity }, good);
      await ask("its entity in brackets", { "entity_ids[]": entity }, good);
      await ask("its entity in upper case", { "entity_ids[0]": entity.toUpperCase() }, good);
    }
    await ask("an unknown entity", { "entity_ids[]": nobody }, 404);
    await ask("two entities", { entity_ids: `${entity},${nobody}` }, 400);
    await ask("no uuid", { entity_ids: "first" }, 400);
  }
}

const statuses: Record<string, readonly [number, string]> = {
  pending: [202, ""],
  processing: [202, "data_sync_in_progress"],
  reauth: [401, "reauthenticate_user"],
  error_no_account_setup: [401, "account_setup_required"],
  error_permissions: [403, "insufficient_account_permissions"],
};

/** What data answers while a connection is not connected; the health check always works. */
export async function walkStatuses(company: Company, isIn: Isin): Promise<void> {
  const { walker, facts, kind } = company;
  const data = firstStops(isIn).filter(({ operation }) => operation.includes(" /employer/"));
  const set = (connection_status: string) =>
    walker.expect(200, {
      operation: "PUT /sandbox/connections/accounts",
      note: connection_status,
      body: { connection_status },
    });
  for (const [status, [wanted]] of Object.entries(statuses)) {
    await set(status);
    await walker.expect(200, { operation: "GET /introspect", note: status });
    for (const stop of data) {
      const sending = { operation: stop.operation, note: `while ${status}`, ...stop.send?.(facts) };
      const lacks = wantedStatus(stop, kind) === 501;
      await walker.expect(lacks ? [wanted, 501] : wanted, sending);
    }
  }
  await set("connected");
}
