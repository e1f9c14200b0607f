import type { ConnectionRow } from "@/db/repositories/connections";
import type { SyncRunRow, SyncStepRow } from "@/db/repositories/sync-runs";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { requestedProducts } from "./requested-products";
import { connectionStatus } from "./status";
import { toStatusFacts } from "./status-facts";
import type { ConnectionAbilities, ConnectionView, StepState, SyncRunView, SyncStepView } from "./views";

/** Rows in, views out: field by field, so that a new column is hidden until somebody shows it. */

export interface ConnectionParts {
  connection: ConnectionRow;
  latestRun: SyncRunRow | null;
  steps: readonly SyncStepRow[];
  people: number | null;
  companyNames: readonly string[];
  disconnectedByName: string | null;
}

const stepStates = new Set<string>(["pending", "running", "waiting", "succeeded", "failed", "skipped"]);
const isStepState = (status: string): status is StepState => stepStates.has(status);

export const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

function toStepView(step: SyncStepRow): SyncStepView {
  const { startedAt, finishedAt } = step;
  return {
    name: step.name,
    entityId: step.entityId,
    status: isStepState(step.status) ? step.status : "pending",
    done: step.done,
    total: step.total,
    itemErrors: step.itemErrors,
    requests: step.requests,
    outcome: step.outcome,
    message: step.message,
    requestId: step.requestId,
    durationMs: startedAt && finishedAt ? Math.max(0, finishedAt.getTime() - startedAt.getTime()) : null,
    retryAt: iso(step.retryAt),
  };
}

export function toSyncRunView(run: SyncRunRow, steps: readonly SyncStepRow[]): SyncRunView {
  return {
    id: run.id,
    reason: run.reason,
    status: run.status,
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    failureCode: run.failureCode,
    failureMessage: run.failureMessage,
    requestId: run.requestId,
    steps: steps.filter((step) => step.runId === run.id).map(toStepView),
  };
}

function abilitiesOf(ctx: CustomerContext, connection: ConnectionRow): ConnectionAbilities {
  const target = { connectionId: connection.id };
  const isOpen = connection.disconnectedAt === null;
  return {
    connect: can(ctx, "connection:connect", target),
    sync: isOpen && can(ctx, "connection:sync", target),
    disconnect: isOpen && can(ctx, "connection:disconnect", target),
  };
}

function troubleOf(
  connection: ConnectionRow,
  run: SyncRunView | null,
): { code: string | null; requestId: string | null } {
  const failed = run?.steps.find((step) => step.status === "failed");
  return {
    code: connection.actionNeededReason ?? failed?.outcome ?? run?.failureCode ?? null,
    requestId: run?.requestId ?? failed?.requestId ?? null,
  };
}

/** What a screen may know of a connection. @param now the database's clock */
export function toConnectionView(ctx: CustomerContext, parts: ConnectionParts, now: Date): ConnectionView {
  const { connection, latestRun, steps } = parts;
  const judged = connectionStatus(toStatusFacts(connection, latestRun), now);
  const run = latestRun && toSyncRunView(latestRun, steps);
  const trouble = troubleOf(connection, run);
  const known = new Set([...connection.products, ...connection.lostProducts]);
  return {
    id: connection.id,
    providerId: connection.providerId,
    providerName: connection.providerName,
    accountName: parts.companyNames.length > 0 ? parts.companyNames.join(", ") : null,
    people: parts.people,
    status: judged.status,
    cause: judged.cause,
    remedy: judged.remedy,
    since: iso(judged.since),
    syncKind: connection.syncKind === "assisted" ? "assisted" : "automated",
    products: connection.products,
    lostProducts: connection.lostProducts,
    absentProducts: requestedProducts.filter((product) => !known.has(product)),
    dataAsOf: iso(judged.dataFrom),
    dataDueAt: iso(judged.dueAt),
    nextSyncAt: iso(connection.nextSyncAt),
    lastSyncSucceededAt: iso(connection.lastSyncSucceededAt),
    troubleCode: trouble.code,
    setupStartedAt: iso(connection.setupStartedAt),
    createdAt: connection.createdAt.toISOString(),
    disconnectedAt: iso(connection.disconnectedAt),
    disconnectedByName: parts.disconnectedByName,
    dataDeleteAt: iso(connection.dataDeleteAt),
    dataDeletedAt: iso(connection.dataDeletedAt),
    troubleRequestId: trouble.requestId,
    latestRun: run,
    isBusy: judged.activity.kind !== "idle",
    may: abilitiesOf(ctx, connection),
  };
}
