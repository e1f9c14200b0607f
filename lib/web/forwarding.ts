import type { IncomingHttpHeaders } from "node:http";

/**
 * Network identity (SECURITY 21). The peer comes from the socket; headers that claim another one are dropped, except
 * what `TRUSTED_PROXY_HOPS` proxies of ours have appended. Next shows neither the socket nor which of these headers
 * it filled in itself, so our own server decides before Next sees the request.
 */

export interface ForwardingRules {
  /** How many proxies of ours stand in front, each appending to X-Forwarded-For. */
  trustedHops: number;
  /** Origin under which people reach Perch. */
  appUrl: string;
}

const claims = /^(forwarded|x-forwarded(-.+)?|x-perch-.+|x-real-ip|x-nonce|x-middleware-.+)$/;
const fetchesAhead = /^next-router-(segment-)?prefetch$/;
const proxied =
  /^(forwarded|x-forwarded(-.+)?|x-real-ip|via|(cf-connecting|true-client|x-client)-ip|x-original-.+)$/;

function clientOf(peer: string, forwardedFor: string | string[] | undefined, trustedHops: number): string {
  const chain = [forwardedFor ?? []].flat().join(",").split(",");
  const claimed = chain.map((part) => part.trim()).filter(Boolean);
  const client = trustedHops > 0 ? claimed.at(-trustedHops) : undefined;
  // Fewer entries than hops: somebody came past the proxies, and the peer is all that is known.
  return client && /^[0-9a-fA-F.:]{2,45}$/.test(client) ? client : peer;
}

/** Removes every claim about the network and puts down what is known. Changes the headers in place. */
export function settleForwarding(
  headers: IncomingHttpHeaders,
  peer: string | undefined,
  rules: ForwardingRules,
): void {
  const names = Object.keys(headers);
  const forwarded = names.some((name) => proxied.test(name));
  const client = clientOf(peer ?? "0.0.0.0", headers["x-forwarded-for"], rules.trustedHops);
  for (const name of names) if (claims.test(name)) delete headers[name];
  const { host, protocol } = new URL(rules.appUrl);
  headers["x-perch-peer"] = client.replace(/^::ffff:(?=\d+\.)/, "");
  headers["x-perch-forwarded"] = forwarded ? "1" : "0";
  // Next hides from our code that its browser half fetches ahead: nobody asked for that page yet.
  headers["x-perch-ahead"] = names.some((name) => fetchesAhead.test(name)) ? "1" : "0";
  // Next compares an action's Origin with this: it is ours, whatever Host says.
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-proto"] = protocol.slice(0, -1);
  headers["x-forwarded-for"] = headers["x-perch-peer"];
}
