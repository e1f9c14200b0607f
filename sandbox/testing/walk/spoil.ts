import { isObject, type FinchSchema, type Json, type JsonObject } from "@/sandbox/testing/finch-schema";

/** One way to make a good request bad, made from what Finch's document says about the request. */
export interface Spoiled {
  note: string;
  /** What a server may think of it: `must` be refused, or `may`, where Finch does not say. */
  refusal: "must" | "may";
  body?: Json;
  query?: Record<string, string | null>;
}

type Path = (string | number)[];

/** A copy of a value with another one at a path; `undefined` takes it away. */
function replaced(value: Json, path: Path, put: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return put ?? null;
  const copy: Json = structuredClone(value);
  if (Array.isArray(copy) && typeof step === "number") {
    copy[step] = replaced(copy[step] ?? null, rest, put);
  } else if (isObject(copy) && typeof step === "string") {
    if (rest.length === 0 && put === undefined) delete copy[step];
    else copy[step] = replaced(copy[step] ?? null, rest, put);
  }
  return copy;
}

interface Wrong {
  path: Path;
  what: string;
  put: Json | undefined;
  refusal: Spoiled["refusal"];
}

const wrongTypes: Record<string, Json[]> = {
  string: [{ not: "text" }, 7],
  integer: ["seven", 1.5],
  number: ["seven"],
  boolean: ["yes"],
  array: [{ 0: "first" }],
  object: ["text", ["first"]],
};

const typesOf = (schema: JsonObject): string[] => {
  const { type } = schema;
  return (Array.isArray(type) ? type : [type]).filter((entry) => typeof entry === "string");
};

/** Variants and parts of a schema laid into one, as far as a generator of bad input needs it. */
function flat(finch: FinchSchema, node: JsonObject): JsonObject {
  const schema = finch.resolve(node);
  const parts = [schema["allOf"], schema["oneOf"], schema["anyOf"]].find(Array.isArray) ?? [];
  return parts.filter(isObject).reduce<JsonObject>((merged, part) => {
    const { properties, ...rest } = flat(finch, part);
    const laid: JsonObject = { ...rest, ...merged };
    const own = isObject(merged["properties"]) ? merged["properties"] : {};
    if (isObject(properties)) laid["properties"] = { ...properties, ...own };
    return laid;
  }, schema);
}

function wrongHere(schema: JsonObject, path: Path): Wrong[] {
  const types = typesOf(schema);
  const values = types.flatMap((type) => wrongTypes[type] ?? []);
  const numbers = (key: string, by: number): Wrong[] => {
    const limit = schema[key];
    return typeof limit === "number" && Number.isSafeInteger(limit + by)
      ? [{ path, what: `${key} ${by}`, put: limit + by, refusal: "must" }]
      : [];
  };
  return [
    ...values.map((put): Wrong => ({ path, what: `of type ${typeof put}`, put, refusal: "must" })),
    ...(types.length > 0 && !types.includes("null")
      ? [{ path, what: "null", put: null, refusal: "may" } as const]
      : []),
    ...(Array.isArray(schema["enum"])
      ? [{ path, what: "not in the list", put: "no_such_value", refusal: "must" } as const]
      : []),
    ...(typeof schema["format"] === "string"
      ? [{ path, what: `no ${schema["format"]}`, put: "31/12/20", refusal: "may" } as const]
      : []),
    ...numbers("maximum", 1),
    ...numbers("minimum", -1),
  ];
}

function wrongLengths(schema: JsonObject, path: Path, value: Json): Wrong[] {
  const most = schema["maxItems"];
  const longest = schema["maxLength"];
  const wrong: Wrong[] = [];
  if (Array.isArray(value)) {
    const first = value[0] ?? null;
    if (typeof most === "number")
      wrong.push({
        path,
        what: "too many",
        put: Array.from({ length: most + 1 }, () => first),
        refusal: "must",
      });
    const least = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
    wrong.push({ path, what: "empty", put: [], refusal: least > 0 ? "must" : "may" });
  }
  if (typeof value === "string") {
    if (typeof longest === "number")
      wrong.push({ path, what: "too long", put: "x".repeat(longest + 1), refusal: "must" });
    const refusal = typeof schema["minLength"] === "number" ? "must" : "may";
    wrong.push({ path, what: "empty", put: "", refusal });
  }
  return wrong;
}

function* wrongsOf(finch: FinchSchema, node: JsonObject, value: Json, path: Path): Generator<Wrong> {
  const schema = flat(finch, node);
  yield* wrongHere(schema, path);
  yield* wrongLengths(schema, path, value);
  const { properties, items } = schema;
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  if (isObject(value) && isObject(properties)) {
    for (const [key, property] of Object.entries(properties)) {
      if (!isObject(property) || !(key in value)) continue;
      const refusal = required.includes(key) ? "must" : "may";
      yield { path: [...path, key], what: "missing", put: undefined, refusal };
      yield* wrongsOf(finch, property, value[key] ?? null, [...path, key]);
    }
  }
  if (Array.isArray(value) && value.length > 0 && isObject(items)) {
    yield* wrongsOf(finch, items, value[0] ?? null, [...path, 0]);
  }
}

/** Every bad variant of a good body. */
export function spoiledBodies(finch: FinchSchema, operation: string, good: Json): Spoiled[] {
  const schema = finch.requestSchema(operation);
  if (!schema) return [];
  return [...wrongsOf(finch, schema, good, [])].map(({ path, what, put, refusal }) => ({
    note: `${["body", ...path].join(".")} ${what}`,
    refusal,
    body: replaced(good, path, put),
  }));
}

const wrongTexts: Record<string, string[]> = { integer: ["seven", "-1", "1.5", "1e30"], array: [] };

/** Every bad variant of the query parameters. */
export function spoiledQueries(finch: FinchSchema, operation: string): Spoiled[] {
  return finch
    .parameters(operation)
    .filter((parameter) => parameter.in === "query" && parameter.name !== "entity_ids")
    .flatMap(({ name, required, schema }) => {
      const items = isObject(schema["items"]) ? finch.resolve(schema["items"]) : schema;
      const bad = (what: string, text: string | null, refusal: Spoiled["refusal"] = "must"): Spoiled => ({
        note: `${name} ${what}`,
        refusal,
        query: { [name]: text },
      });
      const { maximum, minimum, format } = schema;
      return [
        ...typesOf(schema).flatMap((type) => (wrongTexts[type] ?? []).map((text) => bad(text, text))),
        ...(required ? [bad("missing", null)] : []),
        ...(format === "date" ? [bad("no date", "2024-13-41"), bad("words", "today")] : []),
        ...(format === "uuid" ? [bad("no uuid", "12", "may")] : []),
        ...(Array.isArray(items["enum"]) ? [bad("not in the list", "no_such_value")] : []),
        ...(typeof maximum === "number" ? [bad("too large", String(maximum + 1))] : []),
        ...(typeof minimum === "number" ? [bad("too small", String(minimum - 1))] : []),
        bad("empty", "", "may"),
      ];
    });
}
