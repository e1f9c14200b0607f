import { z } from "zod";
import { readErrorBody } from "./http/classify";
import { part } from "./reshape";
import type { Element } from "./stream/elements";
import type { FinchItem, FinchItemError } from "./types";
import { id } from "./wire";

/** Batches: each item is judged by its own code; what is wrong with one stops no other. */

const item = z.object({ individual_id: id, code: z.int32(), body: z.unknown() });

/** `{responses: […]}`, whose items are read one by one. */
export const batchFrame = z.object({ responses: z.array(z.unknown()) });

/** An item that cannot be read, though Finch says that it is good. */
export const malformedItem = (code: number): FinchItemError => ({
  code,
  name: "malformed",
  finchCode: null,
  message: "Finch answered in a form that could not be read.",
});

export function itemError(code: number, body: unknown): FinchItemError {
  const { name, finchCode, message } = readErrorBody(body);
  return { code, name, finchCode, message };
}

/** Reads items about one person each; a body of the wrong form is that item's error alone. */
export function itemReader<Wire, T>(
  schema: z.ZodType<Wire>,
  reshape: (body: Wire, individualId: string, element: Element) => T,
): (element: Element) => FinchItem<T> | null {
  return (element) => {
    const read = item.safeParse(element.json);
    if (!read.success) return unreadable(element);
    const { individual_id: individualId, code, body } = read.data;
    if (code !== 200) {
      return { individualId, kind: code === 202 ? "pending" : "error", error: itemError(code, body) };
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success || isOfAnother(body, individualId))
      return { individualId, kind: "error", error: malformedItem(code) };
    return { individualId, kind: "ok", data: reshape(parsed.data, individualId, element) };
  };
}

/** A person's data names the person. One person's must never be kept as another's. */
function isOfAnother(body: unknown, individualId: string): boolean {
  const named = typeof body === "object" && body !== null && "id" in body ? body.id : null;
  return typeof named === "string" && named !== individualId;
}

function unreadable({ json }: Element): FinchItem<never> | null {
  const named = id.safeParse(part(json, "individual_id"));
  return named.success ? { individualId: named.data, kind: "error", error: malformedItem(0) } : null;
}
