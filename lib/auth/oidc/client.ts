import {
  allowInsecureRequests,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type Configuration,
} from "openid-client";
import { env } from "@/lib/env";
import { outboundFetch } from "@/lib/outbound";

/** How long the issuer may take for one answer, in seconds: a person waits. */
const timeoutSeconds = 10;
/** The issuer's document is read again after this: endpoints move, keys are looked up by themselves. */
const freshMs = 3_600_000;

let kept: { key: string; at: number; configuration: Promise<Configuration> } | undefined;

/** Whether this installation has an identity provider. */
export function isOidcConfigured(): boolean {
  return env().OIDC_ISSUER !== undefined;
}

/**
 * What the issuer says of itself. Its signature on every id token is checked besides TLS; http is spoken on loopback
 * only. @throws TypeError where no issuer is configured
 */
export function oidcConfiguration(): Promise<Configuration> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret } = env();
  if (!issuer || !id || !secret) throw new TypeError("No identity provider is configured");
  const key = `${issuer} ${id}`;
  if (kept?.key === key && Date.now() - kept.at < freshMs) return kept.configuration;
  const configuration = discovery(new URL(issuer), id, secret, undefined, {
    // env() lets http through for loopback alone.
    execute: [enableNonRepudiationChecks, ...(issuer.startsWith("http://") ? [allowInsecureRequests] : [])],
    timeout: timeoutSeconds,
    [customFetch]: (url, init) => outboundFetch(url, init as RequestInit),
  });
  kept = { key, at: Date.now(), configuration };
  // A failure is not kept: the next visit asks again.
  configuration.catch(() => (kept = undefined));
  return configuration;
}
