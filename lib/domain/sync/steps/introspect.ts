import type { Tx } from "@/db/client";
import { updateConnection, type ConnectionRow } from "@/db/repositories/connections";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { insertSteps, takeOverRun, type SyncRunRow } from "@/db/repositories/sync-runs";
import { deletePendingSteps, updateStep } from "@/db/repositories/sync-steps";
import { introspect, type FinchFailure, type FinchOk, type Introspection } from "@/lib/finch";
import { fetchTime, inLease } from "../lease";
import { activeEntityIds, productName } from "../plan";
import { planRun } from "../plan-run";
import type { Step } from "../work";

/** Asks Finch how the connection is, and plans the rest of the run by what the token grants. */
export const introspectStep: Step = async (work) => {
  const fetchedAt = await fetchTime(work.ctx);
  const outcome = await introspect(work.caller, work.token);
  if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
  if (outcome.data.finchConnectionId !== work.connection.finchConnectionId) {
    const message = "Finch answered for another connection; nothing was read.";
    return { end: "failed", failure: failureOf(outcome, "malformed", message) };
  }
  await inLease(work.ctx, work.lease, async (tx, { connection, run }) => {
    await upsertRawRecords(
      tx,
      { ...work.scope, entityId: "" },
      "introspect",
      [{ finchId: "", raw: outcome.data.raw }],
      fetchedAt,
    );
    const columns = columnsOf(connection, outcome.data);
    await updateConnection(tx, connection.customerId, connection.id, columns);
    const scope = needsHistory(connection, outcome.data) ? "full" : run.scope;
    if (scope !== run.scope) await takeOverRun(tx, run.customerId, run.id, { scope });
    await replan(tx, { ...connection, ...columns }, { ...run, scope });
    await updateStep(tx, work.lease.key, { done: 1, total: 1 });
  });
  return judge(outcome);
};

function columnsOf(connection: ConnectionRow, facts: Introspection) {
  // A new name of a product is no loss of the old one.
  const granted = new Set(facts.products.map(productName));
  const known = [...connection.products, ...connection.lostProducts].map(productName);
  const assisted = facts.authenticationMethods.some((method) => method.type === "assisted");
  return {
    products: facts.products,
    lostProducts: [...new Set(known.filter((product) => !granted.has(product)))],
    accountStatus: facts.status,
    accountStatusMessage: facts.statusMessage,
    authenticationMethods: facts.authenticationMethods,
    entities: facts.entities,
    username: facts.username,
    finchCompanyId: facts.companyId ?? connection.finchCompanyId,
    // One automated method is enough for daily data.
    syncKind:
      assisted && facts.authenticationMethods.every((method) => method.type === "assisted")
        ? "assisted"
        : "automated",
    // Signed in and set up as Finch sees it: the next 401 will say otherwise if it is not so.
    ...(facts.status === "connected" ? { actionNeededAt: null, actionNeededReason: null } : {}),
  };
}

/** Pay that was not shared before, and an entity that was not there, have years that a window would leave out. */
function needsHistory(connection: ConnectionRow, facts: Introspection): boolean {
  const shared = new Set(connection.products.map(productName));
  const isNew = (product: string) => facts.products.includes(product) && !shared.has(product);
  const known = new Set(activeEntityIds(connection.entities));
  const entities = activeEntityIds(facts.entities);
  return (
    ["payment", "pay_statement"].some(isNew) || (known.size > 0 && entities.some((id) => !known.has(id)))
  );
}

async function replan(tx: Tx, connection: ConnectionRow, run: SyncRunRow): Promise<void> {
  await deletePendingSteps(tx, run.customerId, run.id);
  const steps = await planRun(tx, connection, run.scope);
  await insertSteps(
    tx,
    steps.map((step) => ({ ...step, customerId: run.customerId, runId: run.id })),
  );
}

/** What the account's own status already says needs no request that would say it again. */
function judge(outcome: FinchOk<Introspection>) {
  const { status } = outcome.data;
  if (status === "reauth" || status === "error_reauth" || status === "disconnected") {
    const message = "The provider no longer accepts the saved sign-in.";
    return { end: "failed" as const, failure: failureOf(outcome, "reauthenticate", message) };
  }
  if (status === "error_no_account_setup") {
    const message = "The account at the provider has to be set up first.";
    return { end: "failed" as const, failure: failureOf(outcome, "setup_required", message) };
  }
  return { end: "done" as const };
}

function failureOf(
  outcome: FinchOk<Introspection>,
  kind: FinchFailure["kind"],
  message: string,
): FinchFailure {
  const { requestId, status, age } = outcome;
  const finchCode = { reauthenticate: "reauthenticate_user", setup_required: "account_setup_required" }[
    kind as string
  ];
  return { kind, requestId, status, age, finchCode: finchCode ?? null, message, context: null };
}
