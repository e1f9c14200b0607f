import { inScope, type Tx } from "@/db/client";
import {
  finishConnectSession,
  lockConnectSession,
  type ConnectSessionRow,
} from "@/db/repositories/connect-sessions";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import {
  insertConnection,
  lockConnectionByFinchId,
  updateConnection,
  type ConnectionRow,
} from "@/db/repositories/connections";
import { holdsPermissionNow } from "@/db/repositories/connections-permission";
import {
  destroyOtherTokens,
  insertAccessToken,
  swapCurrentToken,
} from "@/db/repositories/connections-tokens";
import { putLookup } from "@/db/repositories/lookups";
import { findProvider } from "@/db/repositories/providers";
import { sha256 } from "@/lib/crypto";
import { recordAudit } from "@/lib/domain/audit";
import type { CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { sealToken } from "@/lib/domain/keys/customer-vault";
import { enqueueSync } from "@/lib/domain/sync/enqueue-sync";
import { productName } from "@/lib/domain/sync/plan";
import type { ExchangedToken } from "@/lib/finch";
import type { ConnectProblem } from "./connect-problems";
import { eventActor } from "./event-actor";

/** A grant that may not be stored: its token is dropped and Finch is told nothing. */
export class RefusedGrant extends Error {
  constructor(readonly problem: ConnectProblem) {
    super(problem);
    this.name = "RefusedGrant";
  }
}

/** A code's token, with the request that gave it. */
export type FinchGrant = ExchangedToken & { requestId: string | null };

export interface StoredConnection {
  connectionId: string;
  reconnected: boolean;
}

function nameOfId(providerId: string): string {
  return providerId
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** The person's right, read now: it may have been taken away during the exchange. */
async function requireStillPermitted(
  tx: Tx,
  ctx: CustomerContext,
  connectionId: string | null,
): Promise<void> {
  if (ctx.actor.kind !== "user") throw new RefusedGrant("no_permission");
  const may = await holdsPermissionNow(tx, ctx.actor.userId, "connection:connect", connectionId);
  if (!may) throw new RefusedGrant("no_permission");
}

async function requireLease(tx: Tx, customerId: string, session: ConnectSessionRow): Promise<void> {
  const current = await lockConnectSession(tx, customerId, session.id);
  if (current?.status !== "exchanging") throw new RefusedGrant("lost");
}

/** What the new token changes on a connection, whether it is new or repaired. */
async function columnsOf(tx: Tx, grant: FinchGrant) {
  const provider = await findProvider(tx, grant.providerId);
  return {
    finchConnectionId: grant.finchConnectionId,
    finchCompanyId: grant.companyId,
    providerId: grant.providerId,
    providerName: provider?.displayName ?? nameOfId(grant.providerId),
    products: grant.products,
    // A connection that Finch lets in again starts with a clean record; introspect fills in the rest.
    accountStatus: null,
    accountStatusMessage: null,
    actionNeededAt: null,
    actionNeededReason: null,
    lastSyncError: null,
    consecutiveFailures: 0,
  };
}

async function takeUp(
  tx: Tx,
  ctx: CustomerContext,
  session: ConnectSessionRow,
  existing: ConnectionRow | null,
  grant: FinchGrant,
): Promise<{ connection: ConnectionRow; lostProducts: string[] }> {
  const { customerId } = ctx.scope;
  const columns = await columnsOf(tx, grant);
  if (!existing) {
    const row = { ...columns, customerId, finchCustomerId: session.finchCustomerId };
    return { connection: await insertConnection(tx, row), lostProducts: [] };
  }
  const granted = new Set(grant.products.map(productName));
  const before = new Set([...existing.products, ...existing.lostProducts].map(productName));
  const lostProducts = [...before].filter((product) => !granted.has(product));
  const reconnected = {
    ...columns,
    lostProducts,
    // What is refused within the granted products shows at the next sync; what is lost speaks for itself.
    permissionMissingAt: null,
    permissionMissingDetail: null,
    // Where Finch gives the same connection again, what was hidden and not deleted yet is shown again.
    disconnectedAt: null,
    disconnectedBy: null,
    dataDeleteAt: null,
    dataDeletedAt: null,
  };
  await updateConnection(tx, customerId, existing.id, reconnected);
  return { connection: { ...existing, ...reconnected }, lostProducts };
}

async function putToken(
  tx: Tx,
  customerId: string,
  connection: ConnectionRow,
  grant: FinchGrant,
): Promise<void> {
  const tokenId = crypto.randomUUID();
  const sealed = await sealToken(tx, customerId, tokenId, grant.accessToken);
  await insertAccessToken(tx, {
    customerId,
    id: tokenId,
    connectionId: connection.id,
    products: grant.products,
    ...sealed,
  });
  const swapped = await swapCurrentToken(tx, customerId, connection.id, connection.currentTokenId, tokenId);
  if (!swapped) throw new DomainError("CONFLICT", "This connection was reconnected at the same moment.");
  await destroyOtherTokens(tx, customerId, connection.id, tokenId);
}

/**
 * Transaction 2: takes up the connection of a verified grant, with its token
 * sealed, its first sync enqueued and the attempt's result stored.
 * @throws RefusedGrant, and then nothing is stored
 */
export function storeConnection(
  ctx: CustomerContext,
  session: ConnectSessionRow,
  grant: FinchGrant,
): Promise<StoredConnection> {
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx) => {
    await requireLease(tx, customerId, session);
    const existing = await lockConnectionByFinchId(tx, customerId, grant.finchConnectionId);
    await requireStillPermitted(tx, ctx, existing?.id ?? null);
    // Of a disconnect and an attempt that began before it the disconnect counts: its POST /disconnect is under way
    // and would end the new token too.
    if (existing?.disconnectedAt && existing.disconnectedAt >= session.createdAt)
      throw new RefusedGrant("disconnected");
    const { connection, lostProducts } = await takeUp(tx, ctx, session, existing, grant);
    const isOurs = await putLookup(
      tx,
      "finch_connection",
      sha256(grant.finchConnectionId),
      connection.id,
      null,
    );
    if (!isOurs) throw new RefusedGrant("other_employer");
    await putToken(tx, customerId, connection, grant);
    await insertConnectionEvent(tx, {
      customerId,
      connectionId: connection.id,
      kind: existing ? "reconnected" : "connected",
      ...eventActor(ctx),
      detail: { products: grant.products, lostProducts, flow: session.flow },
      requestId: grant.requestId,
    });
    await enqueueSync(tx, ctx, connection.id, existing ? "reconnected" : "first");
    await finishConnectSession(tx, customerId, session.id, {
      status: "succeeded",
      resultConnectionId: connection.id,
    });
    const action = existing ? "connection.reconnect" : "connection.connect";
    await recordAudit(tx, ctx, action, { type: "connection", id: connection.id });
    return { connectionId: connection.id, reconnected: existing !== null };
  });
}
