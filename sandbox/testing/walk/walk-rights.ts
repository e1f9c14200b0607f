import { operations } from "@/sandbox/operations";
import { basicAuthorization, type Company } from "@/sandbox/testing/walk/companies";
import { nobody, type Stop } from "@/sandbox/testing/walk/stop";
import { wantedStatus } from "@/sandbox/testing/walk/stops";
import { firstOf } from "@/sandbox/testing/walk/walk-inputs";

const rowOf = (id: string) => operations.find((operation) => operation.id === id);

export const isData = (operation: string) => operation.includes(" /employer/");

const strangers: [string, string | null][] = [
  ["no Authorization", null],
  ["a token that nobody has", "Bearer nobody"],
  ["Basic instead of Bearer", basicAuthorization],
  ["an empty token", "Bearer  "],
  ["nonsense", "nonsense"],
];

/** No token, a wrong one, one of another kind. */
export async function walkStrangers({ walker, facts }: Company, stops: readonly Stop[]): Promise<void> {
  for (const { operation, send } of firstOf(stops, (id) => rowOf(id)?.auth === "bearer")) {
    for (const [note, authorization] of strangers) {
      await walker.expect(401, { operation, ...send?.(facts), note, authorization });
    }
  }
}

/** A token that was not granted any product. */
export async function walkScopes(company: Company, poor: Company, stops: readonly Stop[]): Promise<void> {
  for (const { operation, send } of firstOf(stops)) {
    const product = rowOf(operation)?.product;
    if (!product) continue;
    await poor.walker.expect(403, { operation, note: `without ${product}`, ...send?.(company.facts) });
  }
}

/** `entity_ids` in its spellings, and entities that are not there. */
export async function walkEntities({ walker, facts, kind }: Company, stops: readonly Stop[]): Promise<void> {
  const entity = facts["entity"] ?? "";
  const other = facts["otherEntity"];
  for (const stop of firstOf(stops, isData)) {
    const sending = { operation: stop.operation, ...stop.send?.(facts) };
    const ask = (note: string, more: Record<string, string>, wanted: number) =>
      walker.expect(wanted, { ...sending, note, query: { ...sending.query, ...more } });
    if (stop.operation.startsWith("GET")) {
      const good = wantedStatus(stop, kind);
      await ask("its entity", { entity_ids: entity }, good);
      await ask("its entity in brackets", { "entity_ids[]": entity }, good);
      await ask("its entity in upper case", { "entity_ids[0]": entity.toUpperCase() }, good);
    }
    if (other && stop.operation === "GET /employer/directory")
      await ask("another entity", { entity_ids: other }, 200);
    await ask("an unknown entity", { "entity_ids[]": nobody }, 404);
    await ask("two entities", { entity_ids: `${entity},${nobody}` }, 400);
    await ask("no uuid", { entity_ids: "first" }, 400);
  }
}
