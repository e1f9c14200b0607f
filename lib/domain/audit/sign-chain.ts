import { inScope } from "@/db/client";
import { findAuditCheck, insertSignature, putAuditCheck } from "@/db/repositories/audit-chain";
import { notifyAdmins } from "@/db/repositories/team";
import { auditSigner, type AuditSigner } from "@/lib/crypto/audit-signing";
import { platformCustomerId, workerContext, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import { checkChain, type ChainCheck } from "./check-chain";
import { compareHeads, type KnownHead } from "./compare-heads";
import { readProblems } from "./chain-state";

export type SignResult = "signed" | "unchanged" | "broken" | "empty";

interface SignOptions {
  /** Checks the whole chain first, instead of what follows the last signature. */
  full?: boolean;
  now?: Date;
  signer?: AuditSigner | null;
  /** Heads that are known from another place; asked for and compared where the whole chain is checked. */
  knownHeads?: () => Promise<readonly KnownHead[]>;
  /** Told of a new signature. */
  onSigned?: (head: KnownHead) => void;
}

/** What the log says of a break: the kind is in its name, the number beside it. */
class AuditChainBroken extends Error {
  constructor(readonly code: string) {
    super("An audit chain does not verify");
    this.name = "AuditChainBroken";
  }
}

/**
 * Checks what a chain holds since its last signature, signs its head and logs it. A chain that does not verify is
 * never signed: the first finding is told to the platform's administrators. A head that is signed already gets no
 * second signature.
 * @throws DomainError INTERNAL without AUDIT_SIGNING_KEYS
 */
export async function signChain(customerId: string, options: SignOptions = {}): Promise<SignResult> {
  const { now = new Date(), signer = auditSigner() } = options;
  if (!signer) throw new DomainError("INTERNAL", "AUDIT_SIGNING_KEYS is missing.");
  const ctx = workerContext(customerId, "audit");
  const before = await inScope(ctx, (tx) => findAuditCheck(tx, customerId), { readOnly: true });
  const wasBroken = readProblems(before?.problems).length > 0;
  // What was found broken stays so until the whole chain is sound again.
  const full = options.full === true || wasBroken;
  const knownHeads = full ? await options.knownHeads?.() : undefined;
  const check = await inScope(
    ctx,
    async (tx) => {
      const found = await checkChain(tx, customerId, { sinceSignature: !full, signer, now });
      if (knownHeads) found.problems.push(...(await compareHeads(tx, customerId, knownHeads)));
      return found;
    },
    { readOnly: true },
  );
  await inScope(ctx, (tx) =>
    putAuditCheck(tx, {
      customerId,
      checkedAt: now,
      fullCheckedAt: full ? now : null,
      throughSeq: check.throughSeq,
      problems: check.problems,
    }),
  );
  if (check.problems.length > 0) {
    await tellOfBreak(customerId, check, wasBroken);
    return "broken";
  }
  if (!check.head || check.head.seq === 0) return "empty";
  if (check.lastSignature?.seq === check.head.seq) return "unchanged";
  if (!(await keepSignature(ctx, check, signer, now))) return "unchanged";
  options.onSigned?.({ customerId, seq: check.throughSeq, hash: check.throughHash });
  return "signed";
}

async function keepSignature(
  ctx: CustomerContext,
  { throughSeq: seq, throughHash: hash }: ChainCheck,
  signer: AuditSigner,
  now: Date,
): Promise<boolean> {
  const { customerId } = ctx.scope;
  const head = { customerId, seq, hash, signedAt: now };
  const signed = signer.sign(head);
  const isNew = await inScope(ctx, (tx) => insertSignature(tx, { ...head, ...signed }));
  // The log is the second place: signatures that are deleted together with their rows are missed by it.
  if (isNew) log.info("audit head signed", { customerId, seq, hash, keyId: signed.keyId });
  return isNew;
}

async function tellOfBreak(customerId: string, check: ChainCheck, wasBroken: boolean): Promise<void> {
  const [first] = check.problems;
  const kinds = check.problems.map(({ kind }) => kind);
  log.error("an audit chain is broken and was not signed", new AuditChainBroken(first?.kind ?? "unknown"), {
    customerId,
    count: kinds.length,
    ...(first ? { seq: first.seq } : {}),
  });
  if (wasBroken) return;
  await inScope(workerContext(platformCustomerId, "audit"), (tx) =>
    notifyAdmins(tx, "audit-broken", { customerId, seq: first?.seq ?? 0, kind: first?.kind ?? "" }),
  );
}
