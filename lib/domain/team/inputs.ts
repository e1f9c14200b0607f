import { z } from "zod";
import { findAddress } from "@/lib/domain/sign-in/address";

/** An address as sign-in stores it. Those of accounts that sign in elsewhere are nobody's to name. */
export const MemberAddress = z
  .string()
  .max(320)
  .transform((raw, check) => {
    const address = findAddress(raw);
    if (address && !address.endsWith(".invalid")) return address;
    check.addIssue({ code: "custom", message: "Enter an address such as name@company.com." });
    return z.NEVER;
  });

/** What names are not made of: control and direction characters, and what makes a link of one in a mail. */
const notInNames = /[\p{Cc}\p{Cf}<>@/\\:]/u;

export const PersonName = z
  .string()
  .transform((name) => name.normalize("NFKC").trim().replace(/\s+/g, " "))
  .pipe(
    z
      .string()
      .max(100, "Use at most 100 characters.")
      .refine(
        (name) => !notInNames.test(name),
        "Use letters, spaces and the like: no addresses and no links.",
      ),
  )
  .transform((name) => name || null)
  .nullable()
  .default(null);
