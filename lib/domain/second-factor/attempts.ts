import { notifyUser } from "@/db/repositories/account-events";
import { limitError, returnLimit, tryLimit } from "@/lib/domain/limits";
import { log } from "@/lib/log";
import { inIdentity } from "./identity";
import { factorMail } from "./factor-mail";

/**
 * Takes one of the person's tries at a code, before it is looked at, so that many at once cannot slip through. The
 * refusal that ends the tries is told by mail.
 * @throws DomainError RATE_LIMITED
 */
export async function takeTry(userId: string): Promise<void> {
  const taken = await tryLimit("step-up", userId);
  if (taken.ok) return;
  if (taken.isFirstRefusal) {
    await inIdentity((tx) =>
      notifyUser(tx, userId, factorMail, { change: "blocked", at: new Date().toISOString() }),
    );
  }
  throw limitError("step-up", taken.retryAfterSeconds);
}

/** A right code was no try at guessing. */
export function giveTryBack(userId: string): Promise<void> {
  return returnLimit("step-up", userId);
}

/** Who failed with what, for an investigation. */
export function noteWrongTry(userId: string, code: "totp" | "recovery_code" | "passkey"): void {
  log.info("a second factor was refused", { userId, code });
}
