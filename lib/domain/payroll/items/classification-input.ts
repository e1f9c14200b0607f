import { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import { payTypeOptions } from "@/lib/format/pay-types";
import { payCategories } from "./items-query";
import { readText, wordOf } from "./texts";

const day = z.iso.date("Enter a day.").nullable().default(null);

/** Which lines are meant: their category, name and Finch's type, as they are. */
export const PayItemKey = z.strictObject({
  connectionId: z.uuid(),
  category: z.enum(payCategories),
  name: wordOf(500).nullable(),
  finchType: wordOf(200).nullable(),
});
export type PayItemKey = z.infer<typeof PayItemKey>;

/** What they count as, and from when to when. */
const mapping = {
  mappedType: z.string().min(1, "Choose a type.").max(100),
  /** Deductions: null leaves what Finch says. */
  mappedPreTax: z.boolean().nullable().default(null),
  effectiveFrom: day,
  effectiveTo: day,
};

export const PreviewInput = PayItemKey.extend({
  ...mapping,
  /** The classification that is changed or undone; null for a new one. */
  changeId: z.uuid().nullable().default(null),
  undo: z.boolean().default(false),
});
export type PreviewInput = z.input<typeof PreviewInput>;

export const ClassifyItemInput = PayItemKey.extend({
  ...mapping,
  note: readText({ max: 500, what: "" })
    .transform((text) => text || null)
    .nullable()
    .default(null),
  /** The classification that is changed, as it was seen; null for a new one. */
  change: z.strictObject({ id: z.uuid(), version: z.number().int() }).nullable().default(null),
  /** Years before this one are touched, and whoever asks was told. */
  acceptClosedYears: z.boolean().default(false),
});
export type ClassifyItemInput = z.input<typeof ClassifyItemInput>;

/** @throws DomainError INVALID for a type that the category does not have, or days the wrong way round */
export function checkMapping(
  input: Omit<z.output<typeof PreviewInput>, "changeId" | "undo" | "connectionId" | "name">,
): void {
  const invalid = (field: string, message: string) => new DomainError("INVALID", message, { field });
  if (!payTypeOptions(input.category).some(({ value }) => value === input.mappedType))
    throw invalid("mappedType", "Choose one of the types of the list.");
  if (input.mappedPreTax !== null && input.category !== "deduction")
    throw invalid("mappedPreTax", "Only deductions are pre-tax or not.");
  if (input.mappedType === input.finchType && input.mappedPreTax === null)
    throw invalid("mappedType", "Finch says this type already. Choose another one.");
  if (input.effectiveFrom && input.effectiveTo && input.effectiveFrom > input.effectiveTo)
    throw invalid("effectiveTo", "The last day is before the first one.");
}
