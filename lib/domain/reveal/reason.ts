import { z } from "zod";

/** Control and direction characters could make the audit show another sentence than was written. */
const unprintable = /[\p{Cc}\p{Cf}]/u;
/** Nine digits, however they are parted: an SSN or an account number, which the audit must not hold. */
const looksLikeNumber = /\p{Nd}(?:[\s\p{P}]{0,3}\p{Nd}){8}/u;

/** Why a value is opened, as the audit will show it. Plain text, without the number itself. */
export function reasonOf(minLength: number) {
  return z
    .string()
    .max(1000)
    .transform((text) => text.normalize("NFKC").trim().replace(/\s+/g, " "))
    .pipe(
      z
        .string()
        .min(minLength, `Say why, in at least ${minLength} characters: others read it in the audit.`)
        .max(300, "Say why in at most 300 characters.")
        .refine((text) => !unprintable.test(text), "Use plain text without invisible characters.")
        .refine((text) => !looksLikeNumber.test(text), "Leave numbers such as SSNs out of the reason."),
    );
}

export const revealReason = reasonOf(8);
export const breakGlassReason = reasonOf(20);
