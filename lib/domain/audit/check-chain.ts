import type { Tx } from "@/db/client";
import {
  findAuditHead,
  findLastSignature,
  findStrayDetails,
  listSignatures,
  readChainRows,
  type AuditHeadRow,
  type AuditSignatureRow,
} from "@/db/repositories/audit-chain";
import type { AuditSigner } from "@/lib/crypto/audit-signing";
import {
  noteSignature,
  verifyChain,
  type ChainPage,
  type ChainProblem,
  type ChainReport,
  type ChainStart,
} from "./verify-chain";

const pageSize = 1_000;
const dayMs = 86_400_000;
/** audit_prune() deletes nothing younger than a year; a day is left for clocks. */
const youngestPrunedMs = 364 * dayMs;

export interface ChainCheck extends ChainReport {
  head: AuditHeadRow | null;
  lastSignature: AuditSignatureRow | null;
}

interface CheckOptions {
  /** From the last signed row on, instead of from the beginning. */
  sinceSignature?: boolean;
  /** Null where this process has no keys: hashes are checked, signatures only compared with their rows. */
  signer: AuditSigner | null;
  now?: Date;
}

/** Checks one chain in the caller's snapshot: all statements must see the same state. */
export async function checkChain(
  tx: Tx,
  customerId: string,
  { sinceSignature, signer, now = new Date() }: CheckOptions,
): Promise<ChainCheck> {
  const head = await findAuditHead(tx, customerId);
  const lastSignature = await findLastSignature(tx, customerId);
  const base = { seq: head?.baseSeq ?? 0, hash: head?.baseHash ?? "" };
  const isTail = sinceSignature === true && lastSignature !== null && lastSignature.seq > base.seq;
  const start: ChainStart = isTail ? { seq: lastSignature.seq - 1, hash: null } : base;
  const checkSignature = (row: AuditSignatureRow) => signer?.check(row, row) ?? "valid";
  const pages = readPages(tx, customerId, start.seq);
  const report = await verifyChain({ start, head, pages, lastSignature }, checkSignature);
  const first: ChainProblem[] = [];
  if (!isTail && base.seq > 0) first.push(...(await checkBorder(tx, customerId, base, checkSignature, now)));
  const stray = isTail ? null : await findStrayDetails(tx, customerId);
  if (stray !== null) report.problems.push({ kind: "details_added", seq: stray });
  return { ...report, problems: [...first, ...report.problems], head, lastSignature };
}

async function* readPages(tx: Tx, customerId: string, from: number): AsyncGenerator<ChainPage> {
  for (let after = from; ;) {
    const rows = await readChainRows(tx, customerId, after, pageSize);
    const last = rows.at(-1);
    if (!last) return;
    yield { rows, signatures: await listSignatures(tx, customerId, { from: after + 1, through: last.seq }) };
    if (rows.length < pageSize) return;
    after = last.seq;
  }
}

/**
 * The place up to which retention deleted. Rows behind a signature are younger than it, so one signed less than a
 * year ago before the border proves that younger rows went.
 */
async function checkBorder(
  tx: Tx,
  customerId: string,
  base: { seq: number; hash: string },
  checkSignature: Parameters<typeof verifyChain>[1],
  now: Date,
): Promise<ChainProblem[]> {
  const problems: ChainProblem[] = [];
  const before = await findLastSignature(tx, customerId, base.seq);
  if (before && now.getTime() - before.signedAt.getTime() < youngestPrunedMs)
    problems.push({ kind: "pruned_early", seq: base.seq });
  const [atBorder] = await listSignatures(tx, customerId, { from: base.seq, through: base.seq });
  if (atBorder)
    noteSignature(atBorder, base.hash, checkSignature, (kind, seq) => problems.push({ kind, seq }));
  return problems;
}
