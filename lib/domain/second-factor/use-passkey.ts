import type { Tx } from "@/db/client";
import { notifyUser, recordAccountEvent } from "@/db/repositories/account-events";
import { advancePasskey, type PasskeyRow } from "@/db/repositories/passkeys";
import { factorMail } from "./factor-mail";

/**
 * Notes the use of a passkey whose signature was right. A counter that did not grow means that somebody has a copy
 * of its key (WebAuthn, 6.1.1): refused, audited and told to its owner.
 */
export async function notePasskeyUse(
  tx: Tx,
  passkey: PasskeyRow,
  used: { counter: number; backedUp: boolean },
): Promise<boolean> {
  if (await advancePasskey(tx, { id: passkey.id, ...used })) return true;
  const { userId, id, name } = passkey;
  await notifyUser(tx, userId, factorMail, {
    change: "copied",
    kind: "passkey",
    name,
    at: new Date().toISOString(),
  });
  await recordAccountEvent(tx, {
    userId,
    action: "factor.copy_suspected",
    targetType: "passkey",
    targetId: id,
    details: { name },
  });
  return false;
}
