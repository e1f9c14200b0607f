import { z } from "zod";
import type { ScrubbedJson } from "./types";

/**
 * Finch's answers as they come. Extra fields and unknown enum values pass
 * (Finch adds both without a new version); a wrong structure does not. Keys
 * that may be absent read as null.
 */

export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
export const text = nullable(z.string());
/** An id of Finch has 36 characters; what is longer than an index takes is none. */
export const id = z.string().min(1).max(200);
/** ISO 4217; totals are kept by it. */
export const currency = nullable(z.string().max(20));
export const flag = nullable(z.boolean());
export const texts = z.array(z.string().nullable()).transform((list) => list.filter((item) => item !== null));

/** Any JSON, as it came: what it is made from was parsed and scrubbed. */
export const asItCame = nullable(z.custom<ScrubbedJson>((value) => value !== undefined));
/** What no column could hold is no answer of Finch's. */
export const wholeNumber = nullable(z.int32());
/** More than any employer has people is no count: whatever pages it promised would be asked for. */
export const count = nullable(z.int32().nonnegative().max(10_000_000));
export const amount = nullable(z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER));

export const money = nullable(z.object({ amount, currency }));
export type WireMoney = z.infer<typeof money>;
