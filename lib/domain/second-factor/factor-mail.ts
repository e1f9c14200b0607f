import type { Tx } from "@/db/client";
import { notifyUser, recordAccountEvent } from "@/db/repositories/account-events";
import type { FactorKind } from "./views";

/** The mail that tells of every change of a second factor. */
export const factorMail = "factor-changed";

interface FactorChange {
  userId: string;
  change: "added" | "removed";
  kind: FactorKind;
  id: string;
  name: string;
}

/** Audits a change of a factor and tells its owner, in the change's own transaction, last. */
export async function tellFactorChange(tx: Tx, { userId, change, kind, id, name }: FactorChange) {
  await notifyUser(tx, userId, factorMail, { change, kind, name, at: new Date().toISOString() });
  await recordAccountEvent(tx, {
    userId,
    action: change === "added" ? "factor.add" : "factor.remove",
    targetType: kind === "passkey" ? "passkey" : "totp_factor",
    targetId: id,
    details: { name },
  });
}

interface RecoveryChange {
  userId: string;
  change: "recovery_used" | "recovery_renewed";
  left: number;
}

/** The same for recovery codes. */
export async function tellRecoveryChange(tx: Tx, { userId, change, left }: RecoveryChange) {
  await notifyUser(tx, userId, factorMail, { change, left, at: new Date().toISOString() });
  await recordAccountEvent(tx, {
    userId,
    action: change === "recovery_used" ? "recovery_code.use" : "recovery_code.renew",
    targetType: "user",
    targetId: userId,
    details: { left },
  });
}
