import { z } from "zod";
import { statementStates } from "@/lib/format/pay-choices";

export type StatementState = (typeof statementStates)[number];

const text = z
  .string()
  .max(200)
  .transform((value) => value.replaceAll("\0", ""));

/** What the list of payments is asked for. Null in a list means "not given by the provider". */
export const PaymentsFilterInput = z.strictObject({
  /** Of the pay date; "all" is every year; left out, the latest in which somebody was paid. */
  year: z
    .union([z.number().int().min(1900).max(9999), z.literal("all")])
    .nullable()
    .default(null),
  /** Our ids of pay groups. */
  groups: z.array(z.uuid().nullable()).max(50).default([]),
  frequencies: z.array(text.nullable()).max(20).default([]),
  states: z.array(z.enum(statementStates)).max(statementStates.length).default([]),
  kind: z.enum(["regular", "off_cycle"]).nullable().default(null),
  connections: z.array(z.uuid()).max(50).default([]),
});

export const PaymentsQuery = PaymentsFilterInput.extend({
  /** By pay date, newest first unless asked otherwise. */
  ascending: z.boolean().default(false),
  /** The payment that the page follows or precedes. */
  after: z.uuid().nullable().default(null),
  before: z.uuid().nullable().default(null),
});

export type PaymentsFilterInput = z.infer<typeof PaymentsFilterInput>;
export type PaymentsQuery = z.infer<typeof PaymentsQuery>;
