import { invalidRequest } from "@/sandbox/errors";
import { readCount } from "@/sandbox/validate";

export const maxItems = 50;

/** Limit and offset of the beta endpoints. @throws FinchError 400 where one is no number or above 50 */
export function readPage(query: URLSearchParams): { limit: number; offset: number } {
  const limit = readCount(query, "limit", maxItems);
  if (limit > maxItems) throw invalidRequest(`Invalid request: limit must be ${maxItems} or less`);
  return { limit, offset: readCount(query, "offset", 0) };
}

/** `include` in the three spellings of lists. @throws FinchError 400 where something else than `ssn` is wanted */
export function readInclude(query: URLSearchParams): string[] {
  const values: string[] = [];
  for (const [key, value] of query) {
    if (/^include(\[\d*\])?$/.test(key)) values.push(...value.split(",").map((part) => part.trim()));
  }
  const wanted = values.filter((value) => value !== "");
  if (wanted.some((value) => value !== "ssn")) throw invalidRequest("Invalid request: include must be ssn");
  return wanted;
}
