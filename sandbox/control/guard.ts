import type { SandboxContext } from "@/sandbox/dispatch";
import type { Settings } from "@/sandbox/options";
import { sameText } from "@/sandbox/secrets";

const loopbackPeers = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const proxyHeaders = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];
const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

const hostName = (host: string) => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "");

/**
 * Why a call of `/_sandbox/*` is refused, or null. From this machine it needs a loopback name (no DNS
 * rebinding), no foreign Origin and a header that no form can send (no cross-site requests);
 * from elsewhere it needs the key.
 */
export function refusal(settings: Settings, c: SandboxContext): string | null {
  const key = c.req.header("x-sandbox-key");
  if (settings.controlKey !== null && key !== undefined && sameText(key, settings.controlKey)) return null;
  // Without a socket it was made inside this process; a socket that is closed has no address any more.
  const incoming = c.env?.incoming;
  if (incoming && !loopbackPeers.test(incoming.socket.remoteAddress ?? ""))
    return "control is for this machine only, or with a key";
  if (proxyHeaders.some((name) => c.req.header(name) !== undefined))
    return "control cannot be used through a proxy";
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  if (!loopbackNames.has(hostName(host))) return "the Host must be loopback";
  const origin = c.req.header("origin");
  // The console is the same page under each of this machine's names.
  if (origin !== undefined && origin !== settings.publicUrl && origin !== `http://${host}`)
    return "requests of other sites are refused";
  if (c.req.header("x-sandbox-control") !== "1") return "the header X-Sandbox-Control: 1 is missing";
  return null;
}
