import { z } from "zod";
import type { SourceRow } from "@/db/repositories/individual-sources";
import type { ReadState } from "./field";

/** Finch's answer for one person of a batch, where it was an error. */
const ItemError = z.object({
  code: z.union([z.number(), z.string()]).nullish(),
  finchCode: z.string().nullish(),
  message: z.string().nullish(),
});

export interface ItemErrorView {
  code: string | null;
  message: string;
}

/** The error of a person's item as a screen tells it; null where there is none. */
export function toItemError(raw: unknown, providerName: string): ItemErrorView | null {
  if (raw === null || raw === undefined) return null;
  const error = ItemError.safeParse(raw);
  const finchCode = error.data?.finchCode ?? null;
  const code = error.data?.code;
  return {
    code: finchCode ?? (code === null || code === undefined ? null : String(code)),
    message: error.data?.message ?? `${providerName} answered with an error for this person.`,
  };
}

const productNames: Record<string, string> = {
  individual: "personal details",
  employment: "employment",
  ssn: "Social Security numbers",
};

const deniedCodes = new Set(["insufficient_permissions", "no_access", "forbidden"]);

interface ReadFacts {
  source: SourceRow;
  product: "individual" | "employment" | "ssn";
  fetchedAt: Date | null;
  error: unknown;
}

/** Whether a product's answer for a person is there, and if not, why: no access, an error, or not yet. */
export function readState({ source, product, fetchedAt, error }: ReadFacts): ReadState {
  if (!source.products.includes(product)) {
    return {
      kind: "no_access",
      reason: `The connection to ${source.providerName} does not include ${productNames[product]}. Reconnect and allow it.`,
    };
  }
  const problem = toItemError(error, source.providerName);
  if (problem && deniedCodes.has(problem.code ?? "")) {
    return {
      kind: "no_access",
      reason: `The account used to connect ${source.providerName} may not read this. Reconnect as an administrator.`,
    };
  }
  // What was read before an error came is still the best that is known.
  if (fetchedAt) return { kind: "read" };
  if (problem) return { kind: "failed", message: problem.message };
  return { kind: "syncing" };
}
