import { z } from "zod";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { findProvider } from "@/db/repositories/providers";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { createAttempt } from "./attempt";
import { absentProductsOf } from "./requested-products";
import { openRepair, type OpenedAttempt } from "./open-attempt";

export const StartReauthenticateInput = z.strictObject({
  connectionId: z.uuid(),
  flow: z.enum(["embedded", "redirect"]),
});
export type StartReauthenticateInput = z.infer<typeof StartReauthenticateInput>;

/**
 * Opens Finch Connect to repair one connection. It must come back with the same
 * connection and provider.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT where it was disconnected, UPSTREAM
 */
export async function startReauthenticate(
  context: Context,
  raw: StartReauthenticateInput,
): Promise<OpenedAttempt> {
  const { connectionId, flow } = StartReauthenticateInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  const prepared = await inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, connectionId);
    if (!connection) throw notFound("connection");
    requirePermission(ctx, "connection:connect", { connectionId });
    if (ctx.actor.kind !== "user")
      throw new DomainError("FORBIDDEN", "Only a person can sign in to a provider.");
    if (connection.disconnectedAt) {
      throw new DomainError(
        "CONFLICT",
        `${connection.providerName} was disconnected. Connect it again instead.`,
      );
    }
    const { finchConnectionId, products, lostProducts } = connection;
    const provider = await findProvider(tx, connection.providerId);
    // What was lost, and what Perch reads only since the connection was made, is asked for along with the rest.
    const absent = absentProductsOf(connection, provider);
    const wanted = [...products, ...lostProducts, ...absent];
    const attempt = await createAttempt(tx, customerId, {
      products: wanted,
      kind: "reauthenticate",
      flow,
      finchCustomerId: connection.finchCustomerId,
      userId: ctx.actor.userId,
      connectionId,
      expectedFinchConnectionId: connection.finchConnectionId,
      providerId: connection.providerId,
    });
    await recordAudit(tx, ctx, "connection.repair", { type: "connection", id: connectionId });
    const more = lostProducts.length + absent.length > 0 ? { products: wanted } : {};
    return { attempt, target: { finchConnectionId, connectionId, ...more } };
  });
  return openRepair(ctx, prepared.attempt, prepared.target);
}
