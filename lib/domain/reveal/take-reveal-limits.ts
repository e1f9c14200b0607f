import { inScope } from "@/db/client";
import { notifyAdmins } from "@/db/repositories/notices";
import { recordAudit } from "@/lib/domain/audit";
import type { CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { limitError, returnLimit, tryLimit } from "@/lib/domain/limits";

type RevealLimit = "reveal-user" | "reveal-employer";

/**
 * Counts an opening: 20 an hour for a person, 100 a day for an employer (SECURITY 12). Where one is used up, nothing
 * opens, and administrators and staff are told once.
 * @throws DomainError RATE_LIMITED
 */
export async function takeRevealLimits(ctx: CustomerContext): Promise<void> {
  if (ctx.actor.kind !== "user") throw new DomainError("FORBIDDEN", "Only a person reveals a value.");
  const { userId } = ctx.actor;
  await take(ctx, "reveal-user", userId);
  try {
    await take(ctx, "reveal-employer", ctx.scope.customerId);
  } catch (error) {
    await returnLimit("reveal-user", userId);
    throw error;
  }
}

async function take(ctx: CustomerContext, kind: RevealLimit, key: string): Promise<void> {
  const taken = await tryLimit(kind, key);
  if (taken.ok) return;
  if (taken.isFirstRefusal) {
    try {
      await tellAdmins(ctx, kind);
    } catch (error) {
      // Nobody was told: the next refusal is the first one again.
      await returnLimit(kind, key);
      throw error;
    }
  }
  throw limitError(kind, taken.retryAfterSeconds);
}

async function tellAdmins(ctx: CustomerContext, kind: RevealLimit): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user") return;
  const facts = { limit: kind, customerId: ctx.scope.customerId, actorId: actor.userId };
  await inScope({ ...ctx, scope: { kind: "platform" } }, (tx) =>
    notifyAdmins(tx, "reveal-alert", { ...facts, audience: "staff" }),
  );
  await inScope(ctx, async (tx) => {
    await notifyAdmins(tx, "reveal-alert", { ...facts, audience: "employer" });
    await recordAudit(tx, ctx, "reveal.limit", { type: "user", id: actor.userId }, { limit: kind });
  });
}
