import { z } from "zod";
import { auditGroups, type AuditGroup } from "./audit-words";

const groups = Object.keys(auditGroups).filter((name): name is AuditGroup => name in auditGroups);
const day = z.iso.date().nullable().default(null);
/** PostgreSQL's text has no NUL, so none can be found. */
const name = z
  .string()
  .min(1)
  .max(200)
  .transform((text) => text.replaceAll("\0", ""));

/** What the audit is asked for. Days are days of the employer's zone, both included. */
export const AuditFilterInput = z.strictObject({
  /** Ids of users, names of the worker's parts. */
  actors: z.array(name).max(50).default([]),
  groups: z.array(z.enum(groups)).max(20).default([]),
  targets: z.array(name).max(50).default([]),
  from: day,
  to: day,
});
export type AuditFilterInput = z.output<typeof AuditFilterInput>;

const seq = z.number().int().positive().nullable().default(null);

export const AuditQuery = AuditFilterInput.extend({
  /** The entry that the page follows (older ones), or precedes (newer ones). */
  after: seq,
  before: seq,
});
export type AuditQuery = z.output<typeof AuditQuery>;

/** First parts of the actions that the groups hold. */
export function actionPrefixes(filter: AuditFilterInput): string[] {
  return filter.groups.flatMap((group) => [...auditGroups[group].prefixes]);
}
