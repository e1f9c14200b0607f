import { z } from "zod";
import { ytdSorts } from "@/lib/format/pay-choices";

/** What year-to-date wages are asked for: the whole of it stands in the address and in every export's header. */

const day = z.iso.date();
/** PostgreSQL's text has no NUL, so none can be found. */
const words = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll("\0", ""));

export const YtdDefinition = z.enum(["gross", "plan", "box1"]);
export const YtdPeriodKind = z.enum(["year", "plan", "range", "undated"]);
export const YtdTogether = z.enum(["apart", "ein", "together"]);
export const YtdSort = z.enum(ytdSorts);

/** Which pay is counted, and how (DOMAIN 1.10). */
export const YtdFilterInput = z.strictObject({
  definition: YtdDefinition.default("gross"),
  /** Plan compensation: the names of earnings that count; none chosen counts all. Null is an earning without a name. */
  names: z.array(words.nullable()).max(100).default([]),
  period: YtdPeriodKind.default("year"),
  /** Calendar year, or the one in which the plan year begins; null is the present one. */
  year: z.number().int().min(1990).max(2100).nullable().default(null),
  /** The month (1 to 12) with which a plan year begins. */
  planStart: z.number().int().min(1).max(12).default(1),
  from: day.nullable().default(null),
  to: day.nullable().default(null),
  /** Null is today in the employer's time zone. */
  asOf: day.nullable().default(null),
  /** Records of one person: each apart, those of one EIN together, or all confirmed links together. */
  together: YtdTogether.default("apart"),
  /** Pay on 1099 lines is no wages, and never among them. */
  pay: z.enum(["employees", "nonemployee"]).default("employees"),
  connections: z.array(z.uuid()).max(200).default([]),
  /** `<connection id>.<entity id>` each. */
  entities: z.array(words).max(200).default([]),
  search: words.default(""),
  /** Only people who lack statements of runs that were read in part. */
  incomplete: z.boolean().default(false),
});
export type YtdFilterInput = z.infer<typeof YtdFilterInput>;

export const YtdQuery = YtdFilterInput.extend({
  sort: YtdSort.default("name"),
  descending: z.boolean().default(false),
  /** In which amounts are put in order; null is the currency of most statements. */
  currency: words.nullable().default(null),
  /** What the columns are: all kinds of amounts, or earnings by type. */
  columns: z.enum(["summary", "earnings"]).default("summary"),
  /** The person that the page follows or precedes. */
  after: z.uuid().nullable().default(null),
  before: z.uuid().nullable().default(null),
  /** Number of the first person on the page; counted, not trusted. */
  position: z.number().int().min(1).max(10_000_000).default(1),
});
export type YtdQuery = z.infer<typeof YtdQuery>;
export type YtdSort = z.infer<typeof YtdSort>;
export type YtdDefinition = z.infer<typeof YtdDefinition>;
