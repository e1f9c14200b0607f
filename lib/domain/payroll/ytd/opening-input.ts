import { z } from "zod";
import { readText } from "../items/texts";

/** What an opening balance may be of: gross and net pay, and sums of kinds of lines. */
export const openingKinds = [
  "gross",
  "net",
  "earning",
  "employee_tax",
  "employer_tax",
  "deduction",
  "contribution",
] as const;
export type OpeningKind = (typeof openingKinds)[number];

const values = {
  /** Minor units of the currency. */
  amountCents: z
    .string()
    .regex(/^-?\d{1,15}$/, "Enter an amount such as 12,345.67.")
    .transform((text) => BigInt(text)),
  /** The last pay date that is in it. */
  throughDate: z.iso.date("Enter the last pay date that is in it."),
  note: readText({ max: 500, what: "Say where the figure is from." }).nullable().default(null),
};

export const CreateOpeningInput = z.strictObject({
  individualId: z.uuid(),
  kind: z.enum(openingKinds, "Choose what the amount is of."),
  currency: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.string().regex(/^[a-z]{3}$/, "Enter a currency such as USD.")),
  year: z.number().int().min(1990).max(2100),
  ...values,
});
export type CreateOpeningInput = z.input<typeof CreateOpeningInput>;

export const ChangeOpeningInput = z.strictObject({
  id: z.uuid(),
  /** The version that the person saw. */
  version: z.number().int().min(1),
  ...values,
});
export type ChangeOpeningInput = z.input<typeof ChangeOpeningInput>;

export const RemoveOpeningInput = z.strictObject({ id: z.uuid(), version: z.number().int().min(1) });
export type RemoveOpeningInput = z.input<typeof RemoveOpeningInput>;

/** How a kind stands in the database. */
export function toCategory(kind: OpeningKind): { category: string; employer: boolean | null } {
  if (kind === "employee_tax") return { category: "tax", employer: false };
  if (kind === "employer_tax") return { category: "tax", employer: true };
  return { category: kind, employer: null };
}
