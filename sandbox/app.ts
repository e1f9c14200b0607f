import type { HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { benefitJobSettler } from "@/sandbox/benefits/jobs";
import type { World } from "@/sandbox/call";
import { loadCases } from "@/sandbox/cases/load";
import { Changes } from "@/sandbox/changes";
import { Clock } from "@/sandbox/clock";
import { mountConnect } from "@/sandbox/connect/routes";
import { mountConsole } from "@/sandbox/console/routes";
import { mountControl } from "@/sandbox/control/routes";
import { dispatch, logRequest, type Desk } from "@/sandbox/dispatch";
import { FinchError, notFound } from "@/sandbox/errors";
import { Faults } from "@/sandbox/faults";
import { operations } from "@/sandbox/operations";
import { withDefaults, type SandboxOptions } from "@/sandbox/options";
import { mountAssets } from "@/sandbox/pages/assets";
import { publishers } from "@/sandbox/publishers";
import { RateLimits } from "@/sandbox/rate-limits";
import { RequestLog } from "@/sandbox/request-log";
import { handlers } from "@/sandbox/routes";
import { newRequestId } from "@/sandbox/secrets";
import { setupSettler } from "@/sandbox/setup-settler";
import { Store } from "@/sandbox/store";
import { reviseSchedules, syncSettler } from "@/sandbox/syncs";
import { Ticker } from "@/sandbox/ticker";
import { registerFromStart } from "@/sandbox/webhooks/endpoints";
import { HttpSender } from "@/sandbox/webhooks/send";
import { Webhooks } from "@/sandbox/webhooks/webhooks";
import path from "node:path";

const maxBodyBytes = 32 * 1024 * 1024;

export type SandboxApp = Hono<{ Bindings: Partial<HttpBindings> }>;

const failure = (error: FinchError, requestId = newRequestId()) =>
  Response.json(error.body("plain"), { status: error.status, headers: { "Finch-Request-Id": requestId } });

/** A body that nobody reads would close the connection half a second later, under the next request. */
const readToTheEnd: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.raw.body && !c.req.raw.bodyUsed) await c.req.raw.arrayBuffer().catch(() => undefined);
};

const isPage = (path: string): boolean => path === "/" || path.startsWith("/authorize");

/**
 * Browsers say where a request comes from. Pages of other sites may lead here, but not use up limits and faults
 * or fill the log: a request that they cannot read would do that.
 */
const refuseOtherSites: MiddlewareHandler = async (c, next) => {
  if (c.req.header("sec-fetch-site") !== "cross-site" || isPage(c.req.path)) return next();
  return failure(new FinchError(403, "forbidden", "Requests of other sites are refused"));
};

/** Finch on one machine: the HTTP app and the state behind it. */
export function createSandbox(options: SandboxOptions = {}) {
  const settings = withDefaults(options);
  const folder = options.dataDir === undefined ? undefined : path.join(options.dataDir, "sandbox");
  const store = new Store(folder, settings.seed);
  const clock = new Clock(settings.realClock, store.clock);
  clock.onChange(() => store.keepClock(clock.toKeep()));
  // What ends at the same time ends in this order.
  const settlers = [setupSettler, syncSettler, benefitJobSettler];
  const world: World = { store, clock, settings, changes: new Changes(), settlers, publishers };
  const sender = new HttpSender(settings.webhookHosts);
  const webhooks = new Webhooks(world, sender.send);
  const ticker = new Ticker(world, [webhooks]);
  const limits = settings.rateLimits === "off" ? null : new RateLimits(settings.rateLimits, clock);
  const desk: Desk = { world, faults: new Faults(), log: new RequestLog(), limits, webhooks };
  registerFromStart(world, settings.webhooks);
  loadCases(world);
  reviseSchedules(world);
  store.flush();

  const app: SandboxApp = new Hono();
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => failure(new FinchError(413, "bad_request", "Request body is too large")),
    }),
  );
  app.use(readToTheEnd);
  app.use(refuseOtherSites);
  for (const operation of operations) {
    const route = operation.path.replace(/\{(\w+)\}/g, ":$1");
    app.on(operation.method, route, (c) => dispatch(desk, operation, handlers[operation.id] ?? null, c));
  }
  mountAssets(app);
  mountConnect(app, world);
  mountControl(app, desk);
  mountConsole(app, desk);
  app.notFound((c) => {
    const error = notFound(`${c.req.method} ${c.req.path} does not exist`);
    const requestId = newRequestId();
    const outcome = { status: error.status, body: error.body("plain"), call: null };
    logRequest(desk, null, c, { requestId, startedAt: performance.now(), outcome });
    return failure(error, requestId);
  });
  app.onError((error) => {
    console.error(error);
    return failure(new FinchError(500, "server_error", "Internal server error"));
  });
  return {
    app,
    world,
    desk,
    close() {
      ticker.stop();
      webhooks.close();
      sender.close();
      store.close();
    },
  };
}

export type Sandbox = ReturnType<typeof createSandbox>;
