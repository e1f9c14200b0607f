import type { ConnectSessionRow } from "@/db/repositories/connect-sessions";
import type { CustomerContext } from "@/lib/domain/context";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import { DomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { introspect } from "@/lib/finch";
import { RefusedGrant, type FinchGrant } from "./store-connection";

/** The `customer_id` behind a token; where the exchange does not say, Finch is asked again. */
async function finchCustomerIdOf(
  ctx: CustomerContext,
  session: ConnectSessionRow,
  grant: FinchGrant,
): Promise<string | null> {
  if (grant.finchCustomerId !== null) return grant.finchCustomerId;
  const token = { id: null, secret: grant.accessToken, disconnectOnly: false };
  // A role that is limited to connections may write down only requests of these.
  const caller = finchCaller(ctx, session.connectionId ? { connectionId: session.connectionId } : {});
  const outcome = await introspect(caller, token).catch((error: unknown) => {
    // No slot came in time: the token cannot be checked, so it is not taken.
    if (error instanceof DomainError) throw new RefusedGrant("finch_unavailable");
    throw error;
  });
  if (outcome.kind !== "ok") throw new RefusedGrant("finch_unavailable");
  return outcome.data.finchCustomerId;
}

/**
 * Whether a code's token is what this attempt asked for (SECURITY 5).
 * @throws RefusedGrant otherwise; the token is then dropped by whoever holds it
 */
export async function verifyGrant(
  ctx: CustomerContext,
  session: ConnectSessionRow,
  grant: FinchGrant,
): Promise<void> {
  if ((await finchCustomerIdOf(ctx, session, grant)) !== session.finchCustomerId)
    throw new RefusedGrant("wrong_customer");
  if (grant.clientType !== env().FINCH_ENVIRONMENT) throw new RefusedGrant("wrong_environment");
  const expected = session.expectedFinchConnectionId;
  if (expected === null) return;
  const isSameProvider = session.providerId === null || session.providerId === grant.providerId;
  if (grant.finchConnectionId !== expected || !isSameProvider) throw new RefusedGrant("wrong_connection");
}
