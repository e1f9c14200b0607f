import type { AuditHeadRow, AuditSignatureRow, ChainRow } from "@/db/repositories/audit-chain";
import { sha256 } from "@/lib/crypto";
import type { SignatureCheck } from "@/lib/crypto/audit-signing";

/**
 * Checks a chain row by row, whatever its length. Each row's hash covers the hash before it, and heads are signed
 * with a key outside the database: so a row cannot be edited, removed, added or replaced, nor all of them written
 * anew, without a number at which it shows.
 */

export type ChainProblemKind =
  /** A row's own hash does not cover what it says. */
  | "row_changed"
  /** Numbers are missing before this one. */
  | "row_missing"
  /** A row does not name the hash of the row before it: one of the two was replaced. */
  | "row_replaced"
  /** Details are not those that were written with the row. */
  | "details_changed"
  /** Details where the row had none, or without a row. */
  | "details_added"
  /** Rows at the end are gone: the head or a signature names a later one. */
  | "end_missing"
  /** The kept head is not the chain's last row. */
  | "head_differs"
  /** A signed row has another hash now: the chain was written anew. */
  | "rewritten"
  /** A signature does not fit its key. */
  | "signature_invalid"
  /** The key that signed is not in AUDIT_SIGNING_KEYS. */
  | "signature_key_unknown"
  /** Old rows were deleted before they were a year old. */
  | "pruned_early"
  /** A head that was logged when it was signed is not in the database any more. */
  | "logged_head_missing";

export interface ChainProblem {
  kind: ChainProblemKind;
  seq: number;
}

export interface ChainReport {
  /** Rows that were checked. */
  rows: number;
  /** Rows whose details were erased; they verify by their digest. */
  erased: number;
  /** Number of the last row; retention's border where no row is left. */
  throughSeq: number;
  throughHash: string;
  /** At most `problemLimit` of them, in order. */
  problems: ChainProblem[];
}

/** What comes before the first row to check. A null hash takes that row's word for it. */
export interface ChainStart {
  seq: number;
  hash: string | null;
}

export interface ChainPage {
  rows: readonly ChainRow[];
  /** Signatures of these rows. */
  signatures: readonly AuditSignatureRow[];
}

export interface ChainSource {
  start: ChainStart;
  head: AuditHeadRow | null;
  pages: AsyncIterable<ChainPage> | Iterable<ChainPage>;
  /** The newest signature of all. */
  lastSignature: AuditSignatureRow | null;
}

/** Problems that one report names; more of the same say nothing new. */
export const problemLimit = 50;

/** What is checked of one row alone, where the page shows it too. */
export function isRowIntact(row: ChainRow): boolean {
  return sha256(row.prevHash + row.body) === row.hash && detailsProblem(row) === null;
}

function detailsProblem(row: ChainRow): ChainProblemKind | null {
  if (row.salt === null || row.details === null) return null;
  if (row.detailsDigest === null) return "details_added";
  const digest = sha256(row.salt + sha256(row.salt + row.details));
  return digest === row.detailsDigest ? null : "details_changed";
}

/** Checks a chain from its start to its head. Reads page after page and keeps none. */
export async function verifyChain(
  source: ChainSource,
  checkSignature: (row: AuditSignatureRow) => SignatureCheck,
): Promise<ChainReport> {
  const report: ChainReport = {
    rows: 0,
    erased: 0,
    throughSeq: source.start.seq,
    throughHash: source.start.hash ?? "",
    problems: [],
  };
  let expected = source.start.hash;
  const note = (kind: ChainProblemKind, seq: number) => {
    if (report.problems.length < problemLimit) report.problems.push({ kind, seq });
  };
  for await (const page of source.pages) {
    const signatures = new Map(page.signatures.map((row) => [row.seq, row]));
    for (const row of page.rows) {
      const isGap = row.seq !== report.throughSeq + 1;
      if (isGap) note("row_missing", report.throughSeq + 1);
      else if (expected !== null && row.prevHash !== expected) note("row_replaced", row.seq);
      if (sha256(row.prevHash + row.body) !== row.hash) note("row_changed", row.seq);
      const details = detailsProblem(row);
      if (details) note(details, row.seq);
      if (row.detailsDigest !== null && row.details === null) report.erased += 1;
      const signature = signatures.get(row.seq);
      if (signature) noteSignature(signature, row.hash, checkSignature, note);
      report.rows += 1;
      report.throughSeq = row.seq;
      report.throughHash = row.hash;
      expected = row.hash;
    }
  }
  noteEnd(source, report, note);
  return report;
}

/** A signature against the row that it signed. */
export function noteSignature(
  signature: AuditSignatureRow,
  hash: string,
  check: (row: AuditSignatureRow) => SignatureCheck,
  note: (kind: ChainProblemKind, seq: number) => void,
): void {
  const checked = check(signature);
  if (checked === "invalid") note("signature_invalid", signature.seq);
  if (checked === "unknown_key") note("signature_key_unknown", signature.seq);
  if (signature.hash !== hash) note("rewritten", signature.seq);
}

function noteEnd(
  { head, lastSignature }: ChainSource,
  report: ChainReport,
  note: (kind: ChainProblemKind, seq: number) => void,
): void {
  const named = Math.max(head?.seq ?? 0, lastSignature?.seq ?? 0);
  if (named > report.throughSeq) note("end_missing", report.throughSeq + 1);
  if (!head) {
    if (report.rows > 0) note("head_differs", report.throughSeq);
    return;
  }
  if (head.seq < report.throughSeq) note("head_differs", report.throughSeq);
  if (head.seq === report.throughSeq && head.seq > 0 && head.hash !== report.throughHash)
    note("head_differs", head.seq);
}
