import { loginDatabase } from "@/db/client";
import { hasIdentityAt } from "@/db/repositories/accounts";
import { env } from "@/lib/env";
import { isOidcConfigured, oidcConfiguration } from "./client";

/** Whether somebody can confirm a step by signing in anew at the identity provider: paths.oidcStepUp() leads there. */
export async function canStepUpByOidc(userId: string): Promise<boolean> {
  if (!isOidcConfigured()) return false;
  const configuration = await oidcConfiguration().catch(() => null);
  const issuer = configuration?.serverMetadata().issuer;
  return issuer !== undefined && hasIdentityAt(loginDatabase(env().AUTH_DATABASE_URL), userId, issuer);
}
