import { commandPlan } from "../lib/command-environment";
import { readSecrets, addTokenEncryptionKey } from "../lib/secrets";
import { UserError } from "../lib/user-error";

/** Local copies: makes a new active token encryption key. Servers put it in front of TOKEN_ENCRYPTION_KEYS. */
export async function keysAdd(): Promise<number> {
  const { plan, supervisor } = commandPlan();
  if (plan.mode === "server" || plan.given["TOKEN_ENCRYPTION_KEYS"]) {
    throw new UserError(
      "Here the keys come from TOKEN_ENCRYPTION_KEYS. Put a new one in front (id:base64 of 32 bytes, for example from: " +
        "openssl rand -base64 32), restart web and worker, then run npm run perch -- keys:rotate.",
    );
  }
  if (!readSecrets(plan.dataDir)) throw new UserError(`There is no copy of Perch in ${plan.dataDir} yet.`);
  const id = addTokenEncryptionKey(plan.dataDir);
  const next = supervisor ? "Stop Perch, start it again" : "Start Perch";
  console.log(`Made key ${id}. ${next}, then run npm run perch -- keys:rotate to seal everything with it.`);
  return 0;
}
