import type { ConnectionRow } from "@/db/repositories/connections";
import type { SyncRunRow, SyncStepRow } from "@/db/repositories/sync-runs";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { absentProductsOf } from "./requested-products";
import { connectionStatus } from "./status";
import { toStatusFacts } from "./status-facts";
import { iso, toSyncRunView } from "./to-run-view";
import type { ConnectionAbilities, ConnectionView, SyncRunView } from "./views";

/** Rows in, views out: field by field, so that a new column is hidden until somebody shows it. */

export interface ConnectionParts {
  connection: ConnectionRow;
  latestRun: SyncRunRow | null;
  steps: readonly SyncStepRow[];
  people: number | null;
  companyNames: readonly string[];
  disconnectedByName: string | null;
  /** Of whoever asked for the run or stopped it. */
  names: ReadonlyMap<string, string>;
  /** As Finch lists it; null where it does not. */
  provider: { products: readonly string[] } | null;
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
  const { connection, latestRun, steps, names } = parts;
  const judged = connectionStatus(toStatusFacts(connection, latestRun), now);
  const run =
    latestRun && toSyncRunView({ run: latestRun, steps, providerName: connection.providerName, names });
  const trouble = troubleOf(connection, run);
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
    absentProducts: absentProductsOf(connection, parts.provider),
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
