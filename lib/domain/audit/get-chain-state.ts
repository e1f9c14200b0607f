import type { Tx } from "@/db/client";
import { findAuditCheck } from "@/db/repositories/audit-chain";
import { findFirstAt } from "@/db/repositories/audit-log";
import { auditSigner } from "@/lib/crypto/audit-signing";
import { checkChain } from "./check-chain";
import { readProblems, toChainState, type ChainStateView } from "./chain-state";

/**
 * Where a chain stands: what the worker's last check found, and a check of what follows the last signature made now.
 * @internal for verbs that have asked for the right
 */
export async function readChainState(tx: Tx, customerId: string, now: Date): Promise<ChainStateView> {
  const kept = await findAuditCheck(tx, customerId);
  const live = await checkChain(tx, customerId, { sinceSignature: true, signer: auditSigner(), now });
  const { head, lastSignature } = live;
  const known = readProblems(kept?.problems);
  const fresh = live.problems.filter(
    ({ kind, seq }) => !known.some((problem) => problem.kind === kind && problem.seq === seq),
  );
  return toChainState(
    {
      headSeq: Math.max(head?.seq ?? 0, live.throughSeq),
      signed: lastSignature
        ? { seq: lastSignature.seq, at: lastSignature.signedAt, keyId: lastSignature.keyId }
        : null,
      unsignedSince: await findFirstAt(tx, customerId, lastSignature?.seq ?? 0),
      checkedAt: kept?.checkedAt ?? null,
      fullCheckedAt: kept?.fullCheckedAt ?? null,
      problems: [...known, ...fresh],
    },
    now,
  );
}
