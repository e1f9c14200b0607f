import type { GrantRow } from "@/db/repositories/grants";
import type { SessionMethod } from "@/db/repositories/sessions";
import { platformCustomerId } from "@/lib/domain/context";
import type { Env } from "@/lib/env";

/**
 * The roles that count in a session. A platform role of a server counts only where the session began at the identity
 * provider or with a passkey: a mailbox alone opens no installation (SECURITY 4).
 */
export function countingGrants(
  grants: readonly GrantRow[],
  method: SessionMethod | (string & {}),
  mode: Env["mode"],
): GrantRow[] {
  const strong = method === "oidc" || method === "passkey";
  return grants.filter((grant) => mode === "local" || strong || grant.customerId !== platformCustomerId);
}
