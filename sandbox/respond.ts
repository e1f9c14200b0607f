import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { SandboxContext } from "@/sandbox/dispatch";
import type { Fault } from "@/sandbox/faults";
import type { Settings } from "@/sandbox/options";

/** Sends an answer, or what a fault leaves of it. */
export function respond(
  c: SandboxContext,
  fault: Fault | null,
  answer: { status: number; body: unknown; headers: Record<string, string> },
): Response {
  const text = JSON.stringify(answer.body);
  const headers = { "Content-Type": "application/json; charset=utf-8", ...answer.headers };
  const half = text.slice(0, Math.ceil(text.length / 2));
  if (fault?.kind === "reset") c.env?.incoming?.socket.destroy();
  if (fault?.kind === "truncated" && c.env?.outgoing) {
    const { outgoing } = c.env;
    outgoing.writeHead(answer.status, { ...headers, "Content-Length": Buffer.byteLength(text) });
    outgoing.write(half, () => outgoing.destroy());
    return RESPONSE_ALREADY_SENT;
  }
  const sent = fault?.kind === "malformed" ? `${half}<` : text;
  return new Response(sent, { status: answer.status, headers });
}

/** How long this answer waits, like every other. Milliseconds. */
export function latencyOf({ latencyMs }: Settings): number {
  if (typeof latencyMs === "number") return latencyMs;
  return latencyMs.min + Math.random() * (latencyMs.max - latencyMs.min);
}

/** Waits, but no longer than the client does. */
export function wait(ms: number, c: SandboxContext): Promise<void> {
  const socket = c.env?.incoming?.socket;
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      socket?.off("close", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    socket?.once("close", end);
  });
}
