import { z } from "zod";
import type { Tx } from "@/db/client";
import { findAuditHead, listSignatures, readChainRows } from "@/db/repositories/audit-chain";
import type { ChainProblem } from "./verify-chain";

/** A head as signHeads() logged it. */
const LoggedHead = z.object({
  customerId: z.uuid(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  keyId: z.string(),
});
export type LoggedHead = z.infer<typeof LoggedHead>;

/** A signed head, as a place outside of its chain remembers it. */
export type KnownHead = Pick<LoggedHead, "customerId" | "seq" | "hash">;

/** The heads that a log names: JSON lines, whatever else stands in them. */
export function readLoggedHeads(log: string): LoggedHead[] {
  return log.split("\n").flatMap((line) => {
    const start = line.indexOf("{");
    if (start < 0 || !line.includes('"audit head signed"')) return [];
    try {
      const parsed = LoggedHead.safeParse(JSON.parse(line.slice(start)));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/**
 * Compares a chain with heads that were noted elsewhere when they were signed, in a log or in the platform's chain:
 * signatures that were deleted together with their rows, or a chain that was written and signed anew, show here.
 * Signatures outlive the rows that retention deletes, so heads behind its border are compared with them alone.
 */
export async function compareHeads(
  tx: Tx,
  customerId: string,
  heads: readonly KnownHead[],
): Promise<ChainProblem[]> {
  const base = await findAuditHead(tx, customerId);
  const problems: ChainProblem[] = [];
  for (const { seq, hash } of heads.filter((each) => each.customerId === customerId)) {
    const baseSeq = base?.baseSeq ?? 0;
    const [row] = seq > baseSeq ? await readChainRows(tx, customerId, seq - 1, 1) : [];
    const kept = seq === baseSeq ? base?.baseHash : row?.seq === seq ? row.hash : undefined;
    const [signature] = await listSignatures(tx, customerId, { from: seq, through: seq });
    if (seq >= baseSeq && kept !== hash)
      problems.push({ kind: kept === undefined ? "logged_head_missing" : "rewritten", seq });
    else if (signature?.hash !== hash) problems.push({ kind: "logged_head_missing", seq });
  }
  return problems;
}
