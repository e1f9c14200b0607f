import { z } from "zod";
import { statementSorts } from "@/lib/format/pay-choices";

const text = z
  .string()
  .max(200)
  .transform((value) => value.replaceAll("\0", ""));

export const StatementSortInput = z.enum(statementSorts);
export type StatementSortInput = z.infer<typeof StatementSortInput>;

/** What the statements of a payment are asked for. Null in a list means "not given by the provider". */
export const StatementsFilterInput = z.strictObject({
  paymentId: z.uuid(),
  search: text.default(""),
  methods: z.array(text.nullable()).max(20).default([]),
  types: z.array(text.nullable()).max(20).default([]),
});
export type StatementsFilterInput = z.input<typeof StatementsFilterInput>;

export const StatementsQuery = StatementsFilterInput.extend({
  sort: StatementSortInput.default("name"),
  descending: z.boolean().default(false),
  /** The statement that the page follows or precedes; "end" reads the last page. */
  after: z.uuid().nullable().default(null),
  before: z
    .union([z.uuid(), z.literal("end")])
    .nullable()
    .default(null),
  /** Number of the first statement on the page, for the line below the table; counted, not trusted. */
  position: z.number().int().min(1).max(10_000_000).default(1),
});
export type StatementsQuery = z.infer<typeof StatementsQuery>;
