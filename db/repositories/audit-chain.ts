import { and, asc, desc, eq, gte, lte, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { platformCustomerId } from "@/lib/domain/context";
import { auditChecks, auditHeads, auditSignatures } from "@/db/schema";

/** The chain itself: rows with the text that was hashed, heads, signatures and the results of checks. */

/** A row as the chain sees it. `body` and `details` are the very texts that audit_append() hashed. */
export interface ChainRow {
  seq: number;
  body: string;
  detailsDigest: string | null;
  prevHash: string;
  hash: string;
  /** Null where the row has no details, or they were erased. */
  salt: string | null;
  details: string | null;
}

export type AuditHeadRow = typeof auditHeads.$inferSelect;
export type AuditSignatureRow = typeof auditSignatures.$inferSelect;
export type AuditCheckRow = typeof auditChecks.$inferSelect;

/** The text that a row's hash covers beside the hash before it; the same expression as in audit_append(). */
export const bodyText = sql`jsonb_build_object('customer', l.customer_id, 'seq', l.seq,
  'at', to_char(l.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actorKind', l.actor_kind, 'actorId', l.actor_id,
  'action', l.action, 'targetType', l.target_type, 'targetId', l.target_id, 'detailsDigest', l.details_digest)::text`;

/** The rows that follow a number, in order. */
export async function readChainRows(
  tx: Tx,
  customerId: string,
  after: number,
  limit: number,
): Promise<ChainRow[]> {
  const rows = await tx.execute<ChainRow & Record<string, unknown>>(sql`
    select l.seq::float8 as seq, ${bodyText} as body, l.details_digest as "detailsDigest", l.prev_hash as "prevHash", l.hash,
      d.salt::text as salt, d.details::text as details
    from audit_log l left join audit_details d on d.customer_id = l.customer_id and d.seq = l.seq
    where l.customer_id = ${customerId}::uuid and l.seq > ${after}::bigint order by l.seq limit ${limit}`);
  return [...rows];
}

/** The end of a chain; null where nothing was ever written. */
export async function findAuditHead(tx: Tx, customerId: string): Promise<AuditHeadRow | null> {
  const [row] = await tx.select().from(auditHeads).where(eq(auditHeads.customerId, customerId));
  return row ?? null;
}

/** Signatures of rows from one number through another, in order. */
export function listSignatures(
  tx: Tx,
  customerId: string,
  range: { from: number; through?: number },
): Promise<AuditSignatureRow[]> {
  return tx
    .select()
    .from(auditSignatures)
    .where(
      and(
        eq(auditSignatures.customerId, customerId),
        gte(auditSignatures.seq, range.from),
        range.through === undefined ? undefined : lte(auditSignatures.seq, range.through),
      ),
    )
    .orderBy(asc(auditSignatures.seq));
}

/** The newest signature of a chain, or of the rows before a number. */
export async function findLastSignature(
  tx: Tx,
  customerId: string,
  before?: number,
): Promise<AuditSignatureRow | null> {
  const [row] = await tx
    .select()
    .from(auditSignatures)
    .where(
      and(
        eq(auditSignatures.customerId, customerId),
        before === undefined ? undefined : sql`${auditSignatures.seq} < ${before}`,
      ),
    )
    .orderBy(desc(auditSignatures.seq))
    .limit(1);
  return row ?? null;
}

/** Keeps a signature; false where another worker signed the same head first. */
export async function insertSignature(tx: Tx, row: AuditSignatureRow): Promise<boolean> {
  const rows = await tx
    .insert(auditSignatures)
    .values(row)
    .onConflictDoNothing()
    .returning({ seq: auditSignatures.seq });
  return rows.length > 0;
}

/** The newest head of each customer that entries "audit.sign" of the scope's chain, the platform's, name. */
export async function listNotedHeads(tx: Tx): Promise<{ customerId: string; seq: number; hash: string }[]> {
  const rows = await tx.execute<{ customerId: string; seq: number; hash: string }>(sql`
    select distinct on (h->>'customerId') h->>'customerId' as "customerId", (h->>'seq')::float8 as seq, h->>'hash' as hash
    from audit_log l join audit_details d on d.customer_id = l.customer_id and d.seq = l.seq
    cross join lateral jsonb_array_elements(d.details->'heads') h
    where l.customer_id = ${platformCustomerId}::uuid and l.action = 'audit.sign'
    order by h->>'customerId', (h->>'seq')::bigint desc`);
  return [...rows];
}

/** The first details that belong to no row, or null. */
export async function findStrayDetails(tx: Tx, customerId: string): Promise<number | null> {
  const [row] = await tx.execute<{ seq: number | null }>(sql`
    select min(d.seq)::float8 as seq from audit_details d where d.customer_id = ${customerId}::uuid
      and not exists (select from audit_log l where l.customer_id = d.customer_id and l.seq = d.seq)`);
  return row?.seq ?? null;
}

/** The result of the last check of a chain, or null. */
export async function findAuditCheck(tx: Tx, customerId: string): Promise<AuditCheckRow | null> {
  const [row] = await tx.select().from(auditChecks).where(eq(auditChecks.customerId, customerId));
  return row ?? null;
}

/** Keeps the result of a check; a check of the newest rows leaves the time of the last whole one. */
export async function putAuditCheck(tx: Tx, row: AuditCheckRow): Promise<void> {
  await tx
    .insert(auditChecks)
    .values(row)
    .onConflictDoUpdate({
      target: auditChecks.customerId,
      set: {
        checkedAt: row.checkedAt,
        throughSeq: row.throughSeq,
        problems: row.problems,
        ...(row.fullCheckedAt ? { fullCheckedAt: row.fullCheckedAt } : {}),
      },
    });
}

export interface ChainOverviewRow {
  customerId: string;
  customerName: string | null;
  headSeq: number | null;
  signedSeq: number | null;
  signedAt: Date | null;
  keyId: string | null;
  check: AuditCheckRow | null;
}

/** Where every chain stands, for staff: numbers and times, nothing of what is written in them. */
export async function listChainOverview(tx: Tx): Promise<ChainOverviewRow[]> {
  const rows = await tx.execute<Record<string, unknown>>(sql`
    select c.id as "customerId", c.name as "customerName", h.seq::float8 as "headSeq", s.seq::float8 as "signedSeq",
      s.signed_at as "signedAt", s.key_id as "keyId", k.checked_at as "checkedAt", k.full_checked_at as "fullCheckedAt",
      k.through_seq::float8 as "throughSeq", k.problems
    from (select id, name from customers union all select '00000000-0000-0000-0000-000000000000'::uuid, null) c
    left join audit_heads h on h.customer_id = c.id
    left join audit_checks k on k.customer_id = c.id
    left join lateral (select * from audit_signatures a where a.customer_id = c.id order by a.seq desc limit 1) s on true
    order by c.name is not null, lower(c.name), c.id`);
  return rows.map(toOverview);
}

const time = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

function toOverview(row: Record<string, unknown>): ChainOverviewRow {
  const customerId = text(row["customerId"]) ?? "";
  const checkedAt = time(row["checkedAt"]);
  return {
    customerId,
    customerName: text(row["customerName"]),
    headSeq: number(row["headSeq"]),
    signedSeq: number(row["signedSeq"]),
    signedAt: time(row["signedAt"]),
    keyId: text(row["keyId"]),
    check: checkedAt
      ? {
          customerId,
          checkedAt,
          fullCheckedAt: time(row["fullCheckedAt"]),
          throughSeq: number(row["throughSeq"]) ?? 0,
          problems: row["problems"],
        }
      : null,
  };
}
