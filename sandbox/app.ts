import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { World } from "@/sandbox/call";
import { Changes } from "@/sandbox/changes";
import { Clock } from "@/sandbox/clock";
import { mountConnect } from "@/sandbox/connect/routes";
import { mountControl } from "@/sandbox/control/routes";
import { dispatch, type Desk } from "@/sandbox/dispatch";
import { Faults } from "@/sandbox/faults";
import { operations } from "@/sandbox/operations";
import { withDefaults, type SandboxOptions } from "@/sandbox/options";
import { RequestLog } from "@/sandbox/request-log";
import { handlers } from "@/sandbox/routes";
import { newRequestId } from "@/sandbox/secrets";
import { Store } from "@/sandbox/store";
import path from "node:path";

const maxBodyBytes = 32 * 1024 * 1024;

export type SandboxApp = Hono<{ Bindings: Partial<HttpBindings> }>;

const failure = (code: number, name: string, message: string, finchCode?: string) =>
  Response.json(
    { code, name, ...(finchCode ? { finch_code: finchCode } : {}), message },
    { status: code, headers: { "Finch-Request-Id": newRequestId() } },
  );

/** Finch on one machine: the HTTP app and the state behind it. */
export function createSandbox(options: SandboxOptions = {}) {
  const settings = withDefaults(options);
  const folder = options.dataDir === undefined ? undefined : path.join(options.dataDir, "sandbox");
  const store = new Store(folder, settings.seed);
  const world: World = { store, clock: new Clock(), settings, changes: new Changes() };
  const desk: Desk = { world, faults: new Faults(), log: new RequestLog() };

  const app: SandboxApp = new Hono();
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => failure(413, "bad_request", "Request body is too large"),
    }),
  );
  for (const operation of operations) {
    const route = operation.path.replace(/\{(\w+)\}/g, ":$1");
    app.on(operation.method, route, (c) => dispatch(desk, operation, handlers[operation.id] ?? null, c));
  }
  mountConnect(app, world);
  mountControl(app, desk);
  app.notFound((c) =>
    failure(404, "not_found_error", `${c.req.method} ${c.req.path} does not exist`, "item_not_found"),
  );
  app.onError((error) => {
    console.error(error);
    return failure(500, "server_error", "Internal server error");
  });
  return { app, world, desk, close: () => store.close() };
}

export type Sandbox = ReturnType<typeof createSandbox>;
