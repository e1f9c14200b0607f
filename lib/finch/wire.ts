import { z } from "zod";
import type { ScrubbedJson } from "./types";

/**
 * Finch's answers as they come. Extra fields and unknown enum values pass
 * (Finch adds both without a new version); a wrong structure does not. Keys
 * that may be absent read as null.
 */

export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
export const text = nullable(z.string());
export const flag = nullable(z.boolean());
export const texts = z.array(z.string().nullable()).transform((list) => list.filter((item) => item !== null));

/** Any JSON, as it came: what it is made from was parsed and scrubbed. */
export const asItCame = nullable(z.custom<ScrubbedJson>((value) => value !== undefined));
export const wholeNumber = nullable(z.number().int());
export const count = nullable(z.number().int().nonnegative());

export const money = nullable(z.object({ amount: nullable(z.number()), currency: text }));
export type WireMoney = z.infer<typeof money>;
