import { z } from "zod";

/** What the list of tax forms is asked for. `null` among types means "not given by the provider". */
export const DocumentFilterInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .transform((text) => text.replaceAll("\0", ""))
    .default(""),
  types: z.array(z.string().max(100).nullable()).max(20).default([]),
  years: z.array(z.number().int().min(0).max(9999)).max(50).default([]),
  connections: z.array(z.uuid()).max(200).default([]),
  state: z.enum(["read", "unread", "failed"]).nullable().default(null),
  individual: z.uuid().nullable().default(null),
});
export type DocumentFilterInput = z.output<typeof DocumentFilterInput>;

export const DocumentQuery = DocumentFilterInput.extend({
  /** The form that the page follows or precedes. */
  after: z.uuid().nullable().default(null),
  before: z.uuid().nullable().default(null),
});
export type DocumentQuery = z.output<typeof DocumentQuery>;
