import { inScope, inSystem, type Tx } from "@/db/client";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import {
  findRuleChange,
  listItemRuleRows,
  updateRuleChange,
  type ItemRuleChangeRow,
} from "@/db/repositories/item-rules";
import { databaseNow } from "@/db/repositories/sync-steps";
import { findToken } from "@/db/repositories/tokens";
import { userMay } from "@/db/repositories/user-permissions";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { openToken } from "@/lib/domain/keys/customer-vault";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import { rememberUnsupported } from "@/lib/domain/sync/unsupported";
import type { FinchCaller, FinchFailure, FinchPayStatementRule, FinchToken } from "@/lib/finch";
import { enqueue } from "@/lib/jobs/define";
import { itemRuleJob } from "@/lib/jobs/pay-items";
import { ruleWrites } from "./list-item-rules";
import { mirrorItems, mirrorRules } from "./mirror-rules";
import { readLabels } from "./rule-conditions";
import { sendRule, Wanted } from "./send-rule";

interface PerformInput {
  customerId: string;
  changeId: string;
}

interface Work {
  ctx: CustomerContext;
  change: ItemRuleChangeRow;
  connection: ConnectionRow;
  caller: FinchCaller;
  token: FinchToken;
  /** A worker died after it may have been sent. */
  interrupted: boolean;
  /** Ids of the rules that were mirrored before. */
  known: ReadonlySet<string>;
}

type Ending = {
  state: "done" | "failed" | "unknown";
  code?: string;
  message?: string;
  requestId?: string | null;
};

/**
 * Asks Finch for a change of its rules and reads the rules again. A creation is never sent twice: where its answer is
 * lost, the rules at Finch say whether it is there.
 */
export async function performRuleChange({ customerId, changeId }: PerformInput): Promise<void> {
  const ctx = workerContext(customerId, "rules");
  const begun = await inScope(ctx, (tx) => begin(tx, ctx, changeId));
  if (begun === null) return;
  if ("state" in begun) return finish(ctx, changeId, begun);
  const work: Work = { ...begun, caller: finchCaller(ctx, { connectionId: begun.connection.id }) };
  try {
    await finish(ctx, changeId, await perform(work));
  } catch (error) {
    // The gate: nothing was sent.
    if (!(error instanceof DomainError) || error.code !== "RATE_LIMITED") throw error;
    await again(ctx, changeId, error.retryAfterSeconds ?? 30);
  }
}

async function begin(
  tx: Tx,
  ctx: CustomerContext,
  id: string,
): Promise<Omit<Work, "caller"> | Ending | null> {
  const { customerId } = ctx.scope;
  const change = await findRuleChange(tx, customerId, id);
  if (!change || change.finishedAt) return null;
  const connection = await findConnection(tx, customerId, change.connectionId);
  const tokenId = connection?.currentTokenId;
  const stored = tokenId && !connection.disconnectedAt ? await findToken(tx, customerId, tokenId) : null;
  if (!connection || !tokenId || !stored?.ciphertext || !stored.keyId)
    return { state: "failed", code: "disconnected", message: "The connection was disconnected." };
  if (change.state === "queued" && !(await stillPermitted(change)))
    return {
      state: "failed",
      code: "forbidden",
      message: "Whoever asked for this may no longer ask for it.",
    };
  await updateRuleChange(tx, change, { state: "sending" }, "begin");
  const secret = await openToken(tx, customerId, tokenId, {
    ciphertext: stored.ciphertext,
    keyId: stored.keyId,
  });
  const rules = await listItemRuleRows(tx, { customerId, connectionId: connection.id });
  return {
    ctx,
    change,
    connection,
    token: { id: tokenId, secret, disconnectOnly: stored.state !== "current" },
    interrupted: change.state === "sending",
    known: new Set(rules.map(({ finchRuleId }) => finchRuleId)),
  };
}

/** SECURITY 6: a job that a person started asks for that person's right again. */
async function stillPermitted({
  requestedBy,
  customerId,
  connectionId,
}: ItemRuleChangeRow): Promise<boolean> {
  if (requestedBy === null) return true;
  const asked = { userId: requestedBy, customerId, connectionId, permission: "payroll:correct" };
  return inSystem((tx) => userMay(tx, asked));
}

/** Failures after which Finch may have done it all the same. */
const ambiguous = new Set<FinchFailure["kind"]>(["timeout", "finch_error", "provider_error", "malformed"]);

async function perform(work: Work): Promise<Ending> {
  const { change, connection, ctx } = work;
  const scope = { customerId: change.customerId, connectionId: connection.id, entityId: change.entityId };
  const reader = { ...work, scope };
  const isLost = work.interrupted && change.kind === "create";
  const outcome = isLost ? null : await sendRule(work.caller, work.token, change);
  if (outcome?.kind === "rate_limited")
    throw new DomainError("RATE_LIMITED", outcome.message, { retryAfterSeconds: 60 });
  if (outcome?.kind === "not_implemented") {
    const { message, requestId } = outcome;
    const why = { outcome: "not_implemented", message, requestId };
    await inScope(ctx, (tx) => rememberUnsupported(tx, connection, ruleWrites, why));
  }
  const rules = await mirrorRules(reader);
  if (rules.kind === "ok") await mirrorItems(reader);
  if (outcome?.kind === "ok") return { state: "done", requestId: outcome.requestId };
  const failed: Ending = {
    state: "failed",
    code: outcome?.kind ?? "interrupted",
    message: outcome?.message ?? "The answer of Finch was lost, and no such rule is there.",
    requestId: outcome?.requestId ?? null,
  };
  if (outcome && !ambiguous.has(outcome.kind)) return failed;
  if (rules.kind !== "ok")
    return {
      ...failed,
      state: "unknown",
      message: "The answer of Finch was lost. Look at the rules after the next sync.",
    };
  return isThere(work, rules.data) ? { state: "done", requestId: failed.requestId ?? null } : failed;
}

/** How far Finch's clock may be behind ours. */
const skewMs = 60_000;

/** Whether Finch's rules are as they were to be. */
function isThere({ change, known }: Work, rules: readonly FinchPayStatementRule[]): boolean {
  const same = rules.find(({ id }) => id === change.finchRuleId);
  if (change.kind === "delete") return !same;
  const wanted = Wanted.safeParse(change.wanted);
  if (!wanted.success) return false;
  // What is mirrored already may be of this very change: whoever died after it had read the rules again.
  const asked = change.createdAt.getTime() - skewMs;
  const isNew = ({ id, createdAt }: FinchPayStatementRule) =>
    !known.has(id) || (createdAt !== null && Date.parse(createdAt) >= asked);
  const candidates = change.kind === "update" ? (same ? [same] : []) : rules.filter(isNew);
  const sorted = (pairs: [string, string][]) => JSON.stringify(pairs.sort());
  return candidates.some(
    (rule) =>
      sorted(Object.entries(readLabels(rule.attributes))) === sorted(Object.entries(wanted.data.metadata)) &&
      sorted((rule.conditions ?? []).map(({ field, value }) => [field ?? "", value ?? ""])) ===
        sorted(wanted.data.conditions.map(({ field, value }) => [field, value])),
  );
}

async function finish(ctx: CustomerContext, id: string, ending: Ending): Promise<void> {
  const { state, code = null, message = null, requestId = null } = ending;
  const row = { customerId: ctx.scope.customerId, id };
  await inScope(ctx, (tx) => updateRuleChange(tx, row, { state, code, message, requestId }, "finish"));
}

/** Nothing was sent: as if it had just been asked for, a while later. */
async function again(ctx: CustomerContext, changeId: string, seconds: number): Promise<void> {
  const { customerId } = ctx.scope;
  await inScope(ctx, async (tx) => {
    await updateRuleChange(tx, { customerId, id: changeId }, { state: "queued" });
    const runAt = new Date((await databaseNow(tx)).getTime() + seconds * 1_000);
    await enqueue(
      tx,
      itemRuleJob,
      { customerId, changeId },
      { key: `${itemRuleJob.name}:${changeId}:again`, runAt },
    );
  });
}
