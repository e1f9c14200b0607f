import { env, isLoopbackUrl, type Env } from "./env";

/**
 * The only door for requests to other machines (SECURITY 15): the hosts are those of the configuration, nothing that
 * comes in a payload can add one, and a redirect is an error, because it would take credentials elsewhere.
 */

export const outboundTimeoutMs = 30_000;

export class OutboundError extends Error {
  constructor(
    readonly code: "host_not_allowed" | "redirect",
    message: string,
  ) {
    super(message);
    this.name = "OutboundError";
  }
}

type OutboundEnv = Pick<Env, "FINCH_BASE_URL" | "OIDC_ISSUER" | "OUTBOUND_HOSTS">;

/** Origins that may be called, and why. */
export function outboundOrigins(settings: OutboundEnv = env()): { origin: string; why: string }[] {
  const named = [
    { url: settings.FINCH_BASE_URL, why: "Finch" },
    ...(settings.OIDC_ISSUER ? [{ url: settings.OIDC_ISSUER, why: "identity provider" }] : []),
    ...(settings.OUTBOUND_HOSTS ?? "")
      .split(",")
      .filter(Boolean)
      .map((host) => ({ url: `https://${host}`, why: "OUTBOUND_HOSTS" })),
  ];
  return named.map(({ url, why }) => ({ origin: new URL(url).origin, why }));
}

let built: { from: string; origins: ReadonlySet<string> } | undefined;

function allowList(): ReadonlySet<string> {
  const settings = env();
  const from = [settings.FINCH_BASE_URL, settings.OIDC_ISSUER, settings.OUTBOUND_HOSTS].join(" ");
  if (built?.from !== from)
    built = { from, origins: new Set(outboundOrigins(settings).map(({ origin }) => origin)) };
  return built.origins;
}

function isAllowed(url: URL): boolean {
  const encrypted = url.protocol === "https:" || isLoopbackUrl(url.href);
  return allowList().has(url.origin) && encrypted && url.username === "" && url.password === "";
}

/**
 * fetch() to a host of the allow-list. Times out after `outboundTimeoutMs` unless a signal was given.
 * @throws OutboundError for another host and for a redirect
 */
export async function outboundFetch(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!isAllowed(url))
    throw new OutboundError("host_not_allowed", `${url.origin} is not among the hosts that Perch may call`);
  const given = init.signal ?? (input instanceof Request ? input.signal : null);
  const signal = given ?? AbortSignal.timeout(outboundTimeoutMs);
  const response = await fetch(input, { ...init, signal, redirect: "manual" });
  if (
    response.type !== "opaqueredirect" &&
    (response.status < 300 || response.status === 304 || response.status >= 400)
  )
    return withShortError(response);
  await response.body?.cancel();
  throw new OutboundError("redirect", `${url.origin} answered with a redirect, which is not followed`);
}

/** Of an error only its code is read; libraries take its whole body into memory, however long it is. */
const longestErrorBytes = 1024 * 1024;

function withShortError(response: Response): Response {
  if (response.ok || response.body === null) return response;
  let left = longestErrorBytes;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      left -= bytes.byteLength;
      if (left < 0) controller.error(new TypeError("The body of an error is too long"));
      else controller.enqueue(bytes);
    },
  });
  return new Response(response.body.pipeThrough(cut), response);
}
