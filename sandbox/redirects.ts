import type { Settings } from "@/sandbox/options";

const loopbackHosts = new Set(["localhost", "127.0.0.1"]);

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const isLoopback = (url: URL) => loopbackHosts.has(url.hostname) && url.username === "";

/** Whether a redirect URI counts as registered: any http URI on loopback, and the configured ones exactly. */
export function isRegisteredRedirect(settings: Settings, uri: string): boolean {
  const url = parse(uri);
  return (
    url !== null &&
    url.hash === "" &&
    ((isLoopback(url) && url.protocol === "http:") || settings.redirectUris.includes(uri))
  );
}

/** The origin if it may embed the Connect page, or null. */
export function allowedHost(settings: Settings, text: string): string | null {
  const url = parse(text);
  if (!url || url.origin !== text) return null;
  const registered = settings.redirectUris.some((uri) => parse(uri)?.origin === url.origin);
  const web = url.protocol === "http:" || url.protocol === "https:";
  return web && (isLoopback(url) || registered) ? url.origin : null;
}
