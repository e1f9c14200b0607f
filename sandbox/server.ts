import { createAdaptorServer } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { createSandbox, type Sandbox } from "@/sandbox/app";
import type { SandboxOptions } from "@/sandbox/options";

export type { SandboxClient, SandboxOptions } from "@/sandbox/options";
export { defaultClient } from "@/sandbox/options";

export interface StartOptions extends SandboxOptions {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
}

export interface RunningSandbox {
  url: string;
  port: number;
  /** The state and the clock, for tests in the same process. */
  sandbox: Sandbox;
  close(): Promise<void>;
}

/**
 * Starts a sandbox on loopback. Several may run side by side, each with its own state.
 * @throws where the port is taken or the data folder is used by another sandbox
 */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const host = options.host ?? "127.0.0.1";
  const sandboxRef: { current: Sandbox | null } = { current: null };
  const server = createAdaptorServer({
    fetch: (request, env) =>
      sandboxRef.current?.app.fetch(request, env) ?? new Response("Starting", { status: 503 }),
  });
  // The port first: a second sandbox by mistake stops here, before it touches the state.
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  try {
    sandboxRef.current = createSandbox({ publicUrl: url, ...options });
  } catch (error) {
    server.close();
    throw error;
  }
  const sandbox = sandboxRef.current;
  return {
    url,
    port,
    sandbox,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      sandbox.close();
    },
  };
}
