import { z } from "zod";

/** A line of text that a person typed: trimmed, without control or direction characters. */
export function readText({ min = 0, max, what }: { min?: number; max: number; what: string }) {
  return z
    .string()
    .transform((text) => text.normalize("NFKC").replace(/\s+/g, " ").trim())
    .pipe(
      z
        .string()
        .min(min, what)
        .max(max, `Use at most ${max} characters.`)
        .refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text), "Use letters, numbers and the like."),
    );
}

/** A provider's own word, compared as it is; what PostgreSQL's text cannot hold is in none. */
export const wordOf = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "Choose one of the list.");
