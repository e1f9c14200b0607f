import { z } from "zod";
import paths from "@/sandbox/data/never-null.json";

/** What may not be null in an operation's answer, as paths: `individuals[].id`. All else may (Finch: OpenAPI). */
const neverNull = new Map(
  Object.entries(z.record(z.string(), z.array(z.string())).parse(paths)).map(([id, list]) => [
    id,
    new Set(list),
  ]),
);

/** The same answer with null wherever Finch allows it. */
export function withNulls(operation: string, body: unknown): unknown {
  const kept = neverNull.get(operation);
  return kept ? nullsBelow(body, "", kept) : body;
}

function nullsBelow(value: unknown, path: string, kept: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    const items = `${path}[]`;
    return value.map((item) => (kept.has(items) ? nullsBelow(item, items, kept) : null));
  }
  if (typeof value !== "object" || value === null) return value;
  return mapFields(value, (key, field) => {
    const below = path === "" ? key : `${path}.${key}`;
    return kept.has(below) ? nullsBelow(field, below, kept) : null;
  });
}

function mapFields(value: object, change: (key: string, field: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(key, field)]));
}

const enums = new Set([
  "account_type",
  "category",
  "completion_status",
  "connection_type",
  "employment_status",
  "ethnicity",
  "exemption",
  "filing_status",
  "flsa_status",
  "frequency",
  "gender",
  "marital_status",
  "pay_frequencies",
  "pay_frequency",
  "payment_method",
  "relationship_to_individual",
  "source",
  "status",
  "subtype",
  "type",
  "unit",
]);

const newValue = "not_known_yet";

/** The same answer with values that no enum has, as Finch may add them without a new version. */
export function withUnknownEnums(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withUnknownEnums);
  if (typeof body !== "object" || body === null) return body;
  return mapFields(body, (key, field) => {
    if (!enums.has(key)) return withUnknownEnums(field);
    if (typeof field === "string") return newValue;
    const isList = Array.isArray(field) && field.every((item) => typeof item === "string");
    return isList ? field.map(() => newValue) : withUnknownEnums(field);
  });
}

/** The same answer with a field more in every object, as Finch may add them without a new version. */
export function withUnknownKeys(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withUnknownKeys);
  if (typeof body !== "object" || body === null) return body;
  return {
    ...mapFields(body, (_key, field) => withUnknownKeys(field)),
    not_known_yet: { of: ["a", "later", "version"] },
  };
}
