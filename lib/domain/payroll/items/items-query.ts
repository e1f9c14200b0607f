import { z } from "zod";

export const payCategories = ["earning", "tax", "deduction", "contribution"] as const;

export const payItemPageSize = 100;

/** Which items of a connection are asked for. */
export const PayItemsQuery = z.strictObject({
  /** Null for the first connection that has payroll. */
  connectionId: z.uuid().nullable().default(null),
  search: z.string().max(200).default(""),
  category: z.enum(payCategories).nullable().default(null),
  /** open: those without a type that says something. */
  state: z.enum(["open", "classified"]).nullable().default(null),
  page: z.number().int().min(1).max(10_000).default(1),
});
export type PayItemsQuery = z.infer<typeof PayItemsQuery>;
export type PayItemsQueryInput = z.input<typeof PayItemsQuery>;
