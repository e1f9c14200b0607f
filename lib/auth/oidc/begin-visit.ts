import { buildAuthorizationUrl, calculatePKCECodeChallenge } from "openid-client";
import { loginDatabase } from "@/db/client";
import { insertAuthChallenge } from "@/db/repositories/auth-challenges";
import { newSecretToken } from "@/lib/crypto";
import { DomainError } from "@/lib/domain/errors";
import { findSafePath } from "@/lib/domain/sign-in/safe-path";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { oidcConfiguration } from "./client";
import { isBrowserSecret, visitMinutes, visitOwner, visitSecrets, type VisitPurpose } from "./visit";

interface BeginVisit {
  purpose: VisitPurpose;
  /** Who steps up; null for signing in. */
  userId: string | null;
  callbackUrl?: string | undefined;
  /** The secret that this browser has from an earlier visit. */
  browserSecret?: string | undefined;
}

export interface BegunVisit {
  /** At the identity provider. */
  url: URL;
  browserSecret: string;
}

export const oidcRedirectUri = () => new URL(paths.oidcCallback(), env().appUrl).href;

/**
 * Prepares a visit at the identity provider: authorization code with PKCE, state and nonce, for ten minutes. A
 * step-up asks to sign in there again, whatever session the provider still has.
 * @throws DomainError UPSTREAM where the provider does not answer
 */
export async function beginOidcVisit(input: BeginVisit): Promise<BegunVisit> {
  const configuration = await oidcConfiguration().catch(() => {
    throw new DomainError("UPSTREAM", "The identity provider does not answer.", { retryable: true });
  });
  const { purpose, userId } = input;
  const browserSecret = isBrowserSecret(input.browserSecret) ? input.browserSecret : newSecretToken();
  const id = await loginDatabase(env().AUTH_DATABASE_URL).transaction((tx) =>
    insertAuthChallenge(tx, {
      ...visitOwner(purpose, browserSecret, userId),
      data: { callbackUrl: findSafePath(input.callbackUrl), startedAt: new Date().toISOString() },
      minutes: visitMinutes,
    }),
  );
  const { state, nonce, verifier } = visitSecrets(browserSecret, { purpose, id });
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: oidcRedirectUri(),
    scope: "openid email profile",
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...(purpose === "step-up" ? { max_age: "0", prompt: "login" } : {}),
  });
  return { url, browserSecret };
}
