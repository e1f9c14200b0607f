import { z } from "zod";
import { inScope } from "@/db/client";
import { finishConnectSession, lockConnectSession } from "@/db/repositories/connect-sessions";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";

export const CloseConnectInput = z.strictObject({
  sessionId: z.uuid(),
  outcome: z.enum(["closed", "failed"]),
  /** Connect's own type of error. */
  errorType: z.string().max(100).nullish(),
  errorMessage: z.string().max(300).nullish(),
});
export type CloseConnectInput = z.infer<typeof CloseConnectInput>;

/**
 * Notes that Finch Connect was closed or ended in an error. A code that arrives
 * after all still counts: this ends nothing that was claimed.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function closeConnect(context: Context, raw: CloseConnectInput): Promise<void> {
  const input = CloseConnectInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "connection:connect");
  await inScope(ctx, async (tx) => {
    const session = await lockConnectSession(tx, customerId, input.sessionId);
    const isOwn = ctx.actor.kind === "user" && session?.userId === ctx.actor.userId;
    if (!session || !isOwn) throw notFound("attempt to connect");
    requirePermission(ctx, "connection:connect", { connectionId: session.connectionId ?? undefined });
    if (session.codeHash !== null || session.finishedAt !== null) return;
    const failed = input.outcome === "failed";
    await finishConnectSession(tx, customerId, session.id, {
      status: input.outcome,
      failureCode: failed ? "connect_error" : "closed",
      failureMessage: failed ? [input.errorType, input.errorMessage].filter(Boolean).join(": ") : null,
    });
  });
}
