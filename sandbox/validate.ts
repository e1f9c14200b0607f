import type { z } from "zod";
import type { FinchError } from "@/sandbox/errors";
import { invalidRequest } from "@/sandbox/errors";

/** Where Finch gives no number: more in one request would keep all others waiting. */
export const maxItems = 10_000;

/** The first thing wrong with an input, naming the field. */
function explain(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join(".") ?? "";
  return `Invalid request: ${field === "" ? "body" : field}: ${issue?.message ?? "is not valid"}`;
}

/** Parses a body or query. @throws FinchError 400 invalid_request with the field's name */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
  toError: (message: string) => FinchError = invalidRequest,
): z.infer<T> {
  const result = schema.safeParse(input);
  if (!result.success) throw toError(explain(result.error));
  return result.data;
}

/** A query parameter that must be a whole number, zero or more. @throws FinchError 400 */
export function readCount(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null || text === "") return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw invalidRequest(`Invalid request: ${name} must be a whole number, zero or more`);
  return Number(text);
}

/** A list in a query, in its three spellings: repeated, with brackets, joined by commas. Empty values are left out. */
export function readList(query: URLSearchParams, name: string): string[] {
  const spellings = new RegExp(`^${name}(\\[\\d*\\])?$`);
  return [...query]
    .filter(([key]) => spellings.test(key))
    .flatMap(([, value]) => value.split(","))
    .map((value) => value.trim())
    .filter((value) => value !== "");
}
