import type { Context } from "./context";
import { DomainError } from "./errors";

/** How long a shown second factor counts (SECURITY 4), in milliseconds. */
export const stepUpMs = 10 * 60_000;

type Proof = Pick<Context, "actor" | "steppedUpAt">;

/** Whether the person showed a second factor in this session within the last ten minutes. The worker needs none. */
export function hasStepUp(ctx: Proof, now = new Date()): boolean {
  if (ctx.actor.kind !== "user") return true;
  const at = ctx.steppedUpAt?.getTime();
  return at !== undefined && now.getTime() - at < stepUpMs;
}

/** For what a stolen session must not be enough. @throws DomainError STEP_UP_REQUIRED */
export function requireStepUp(ctx: Proof, now = new Date()): void {
  if (hasStepUp(ctx, now)) return;
  throw new DomainError(
    "STEP_UP_REQUIRED",
    "Confirm that it is you: this step needs your passkey or authenticator code.",
  );
}
