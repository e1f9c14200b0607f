import { z } from "zod";

/** PostgreSQL's text has no NUL, so none can be found. */
const words = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll("\0", ""));
const nullable = z.array(words.nullable()).max(50).default([]);

/** What the directory is asked for. `null` in a list means "not given by the provider". */
export const DirectoryFilterInput = z.strictObject({
  search: words.default(""),
  statuses: nullable,
  departments: nullable,
  types: nullable,
  subtypes: nullable,
  connections: z.array(z.uuid()).max(200).default([]),
  /** Our id of the manager whose direct reports are asked for. */
  manager: z.uuid().nullable().default(null),
  active: z.boolean().nullable().default(null),
});

export const DirectorySortInput = z.enum(["name", "title", "department", "status", "start"]);

export const DirectoryQuery = DirectoryFilterInput.extend({
  sort: DirectorySortInput.default("name"),
  descending: z.boolean().default(false),
  /** The person that the page follows or precedes. "end" reads the last page. */
  after: z.uuid().nullable().default(null),
  before: z
    .union([z.uuid(), z.literal("end")])
    .nullable()
    .default(null),
  /** Number of the first person on the page, for the line below the table; counted, not trusted. */
  position: z.number().int().min(1).max(10_000_000).default(1),
});

export type DirectoryFilterInput = z.infer<typeof DirectoryFilterInput>;
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;
export type DirectorySortInput = z.infer<typeof DirectorySortInput>;

/** Search words: lower case, at most eight, as the search text holds them. */
export function searchWords(search: string): string[] {
  return search
    .replaceAll("\0", "")
    .normalize("NFC")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, 8);
}
