import type { Tx } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { countingGrants } from "@/lib/domain/users/counting-grants";
import { sha256 } from "@/lib/crypto";
import { DomainError } from "@/lib/domain/errors";
import { hasStepUp, requireStepUp, stepUpMs } from "@/lib/domain/step-up";
import { env } from "@/lib/env";

/** Somebody at their own account: who they are, and what their session proved. */
export interface Person {
  userId: string;
  email: string;
  name: string | null;
  session: { id: string; method: string; createdAt: Date; steppedUpAt: Date | null };
}

/** How long after signing in a first factor can be set up (SECURITY 4). */
const firstFactorMs = stepUpMs;

const asContext = ({ userId, email, name, session }: Person) => ({
  actor: { kind: "user" as const, userId, email, name },
  steppedUpAt: session.steppedUpAt,
});

/** For changes of one's own factors. @throws DomainError STEP_UP_REQUIRED */
export function requireOwnStepUp(person: Person, now = new Date()): void {
  requireStepUp(asContext(person), now);
}

/** The identity provider is a factor that is there already: it can be asked again. */
const beganAtProvider = ({ session }: Person) => session.method === "oidc";

/** Whether a first factor can be set up, by the session alone; at the provider's, after it was asked again. */
export function mayEnrollFirst(person: Person, now = new Date()): boolean {
  if (beganAtProvider(person) || hasStepUp(asContext(person), now)) return true;
  return now.getTime() - person.session.createdAt.getTime() < firstFactorMs;
}

/**
 * Who may add a factor: with an existing one shown just now; the first one right after signing in, so that a session
 * left open is not enough to put a lock of one's own on somebody's account. A passkey opens the roles that a mailbox
 * does not, so a session in which these do not count sets up no first factor.
 * @throws DomainError STEP_UP_REQUIRED, EXPIRED (no factor yet, and signed in too long ago), FORBIDDEN
 */
export async function requireMayEnroll(tx: Tx, person: Person, factorExists: boolean): Promise<void> {
  if (factorExists || beganAtProvider(person)) return requireOwnStepUp(person);
  if (!mayEnrollFirst(person)) {
    throw new DomainError(
      "EXPIRED",
      "You signed in more than 10 minutes ago. Sign in again to set up your first passkey or authenticator app.",
    );
  }
  const held = await listGrants(tx, person.userId);
  if (countingGrants(held, person.session.method, env().mode).length === held.length) return;
  throw new DomainError(
    "FORBIDDEN",
    "You also have a role on the platform, which a mailed link does not open. Sign in with single sign-on to set up your first passkey or authenticator app.",
  );
}

/** What binds a challenge to the session that asked for it, also after its token was rotated. */
export function sessionHash(person: Person): string {
  return sha256(`session ${person.session.id}`);
}
