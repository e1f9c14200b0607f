import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { connectSessionMinutes, listUnfinishedFinchCustomerIds } from "@/db/repositories/connect-sessions";
import { findConnectionByFinchId, listFinchCustomerIds } from "@/db/repositories/connections";
import { findCustomer } from "@/db/repositories/customers";
import { findProvider } from "@/db/repositories/providers";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import { createConnectSession, type FinchFailure } from "@/lib/finch";
import { createAttempt, failAttempt, type Attempt } from "./attempt";
import { askForSession, openAttempt, openRepair, type OpenedAttempt } from "./open-attempt";
import { requestedProductsOf } from "./requested-products";

export const StartConnectInput = z.strictObject({
  flow: z.enum(["embedded", "redirect"]),
  /** Skips Finch's own provider list. */
  providerId: z.string().min(1).max(100).optional(),
  authMethod: z.enum(["assisted", "credential", "oauth", "api_token"]).optional(),
});
export type StartConnectInput = z.infer<typeof StartConnectInput>;

/** Either Finch's sign-in is open, or what was asked for is already here and can be reconnected. */
export type StartedConnect =
  OpenedAttempt | { kind: "exists"; connectionId: string; providerName: string; disconnected: boolean };

interface Prepared {
  attempt: Attempt;
  products: readonly string[];
  customerName: string;
}

/**
 * The `customer_id` for the next connection: the customer's own for the first,
 * with a suffix after. One that an unfinished attempt sent is sent again, so that
 * Finch names a connection that never arrived here (SECURITY 5).
 */
async function nextFinchCustomerId(tx: Tx, customerId: string, isRetry: boolean): Promise<string> {
  const used = await listFinchCustomerIds(tx, customerId);
  if (isRetry) return `${customerId}:${crypto.randomUUID()}`;
  const unfinished = (await listUnfinishedFinchCustomerIds(tx, customerId)).find((id) => !used.has(id));
  if (unfinished) return unfinished;
  return used.has(customerId) ? `${customerId}:${crypto.randomUUID()}` : customerId;
}

function prepare(
  ctx: CustomerContext,
  input: StartConnectInput,
  userId: string,
  isRetry: boolean,
): Promise<Prepared> {
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx) => {
    const customer = await findCustomer(tx, customerId);
    if (!customer) throw notFound("employer");
    const provider = input.providerId ? await findProvider(tx, input.providerId) : null;
    const products = requestedProductsOf(provider);
    const attempt = await createAttempt(tx, customerId, {
      kind: "new",
      products,
      flow: input.flow,
      finchCustomerId: await nextFinchCustomerId(tx, customerId, isRetry),
      userId,
      providerId: input.providerId ?? null,
    });
    await recordAudit(tx, ctx, "connection.start", { type: "connect_session", id: attempt.sessionId });
    return { attempt, products, customerName: customer.name };
  });
}

/** Takes up what Finch says it already has; null where that is not this customer's. */
async function takeUpExisting(
  ctx: CustomerContext,
  prepared: Prepared,
  failure: FinchFailure,
  userId: string,
): Promise<StartedConnect | null> {
  const { customerId } = ctx.scope;
  const { attempt } = prepared;
  await failAttempt(ctx, attempt.sessionId, "finch_refused", "connection_already_exists");
  const named = failure.context;
  if (!named?.connectionId || named.customerId !== attempt.finchCustomerId) return null;
  const finchConnectionId = named.connectionId;
  const known = await inScope(ctx, (tx) => findConnectionByFinchId(tx, customerId, finchConnectionId), {
    readOnly: true,
  });
  if (known) {
    const { id: connectionId, providerName } = known;
    return { kind: "exists", connectionId, providerName, disconnected: known.disconnectedAt !== null };
  }
  // Finch has a connection whose token never reached us: signing in once more brings a new one.
  const repair = await inScope(ctx, async (tx) => {
    const created = await createAttempt(tx, customerId, {
      kind: "reauthenticate",
      flow: attempt.flow,
      finchCustomerId: attempt.finchCustomerId,
      expectedFinchConnectionId: finchConnectionId,
      userId,
    });
    await recordAudit(tx, ctx, "connection.start", { type: "connect_session", id: created.sessionId });
    return created;
  });
  return openRepair(ctx, repair, { finchConnectionId });
}

/**
 * Opens Finch Connect for a new connection of the customer. Never a dead end:
 * what Finch already has is offered for reconnecting or taken up.
 * @throws DomainError FORBIDDEN, NOT_FOUND, UPSTREAM, RATE_LIMITED
 */
export async function startConnect(context: Context, raw: StartConnectInput): Promise<StartedConnect> {
  const input = StartConnectInput.parse(raw);
  const ctx = requireCustomer(context);
  requirePermission(ctx, "connection:connect");
  const { actor } = ctx;
  if (actor.kind !== "user" || ctx.scope.connectionIds !== "all") {
    throw new DomainError("FORBIDDEN", "Your role is limited to some connections and cannot add another.");
  }
  for (const isRetry of [false, true]) {
    const prepared = await prepare(ctx, input, actor.userId, isRetry);
    const outcome = await askForSession(ctx, prepared.attempt, () =>
      createConnectSession(finchCaller(ctx), {
        finchCustomerId: prepared.attempt.finchCustomerId,
        customerName: prepared.customerName,
        customerEmail: actor.email,
        products: prepared.products,
        redirectUri: prepared.attempt.redirectUri,
        minutesToExpire: connectSessionMinutes,
        providerId: input.providerId ?? null,
        ...(input.authMethod ? { authMethod: input.authMethod } : {}),
      }),
    );
    if (outcome.kind === "ok" || outcome.finchCode !== "connection_already_exists") {
      return openAttempt(ctx, prepared.attempt, outcome);
    }
    const taken = await takeUpExisting(ctx, prepared, outcome, actor.userId);
    if (taken) return taken;
  }
  throw new DomainError(
    "UPSTREAM",
    "Finch says that this employer is already connected, and does not say where.",
  );
}
