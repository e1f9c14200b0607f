import { z } from "zod";
import type { SandboxApp } from "@/sandbox/app";
import type { World } from "@/sandbox/call";
import { setAccountStatus } from "@/sandbox/connections";
import { refusal } from "@/sandbox/control/guard";
import { viewConnection, viewSession } from "@/sandbox/control/views";
import type { Desk, SandboxContext } from "@/sandbox/dispatch";
import { FinchError, invalidRequest, notFound } from "@/sandbox/errors";
import { FaultInput } from "@/sandbox/faults";
import { completeJobs, settle } from "@/sandbox/syncs";
import { parseInput, readCount } from "@/sandbox/validate";

const Reset = z.strictObject({ seed: z.string().min(1).max(200).optional() });

const ClockChange = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  frozen: z.boolean().optional(),
  rate: z.number().positive().max(10).optional(),
  advance_ms: z.number().int().min(0).optional(),
});

const StatusChange = z.strictObject({
  status: z.enum([
    "pending",
    "processing",
    "connected",
    "error_no_account_setup",
    "error_permissions",
    "reauth",
  ]),
});

const CodeEnd = z.strictObject({ code: z.string().min(1).max(200) });

async function readJson(c: SandboxContext): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("Request body is not valid JSON");
  }
}

function changeClock(world: World, change: z.infer<typeof ClockChange>) {
  const { now, frozen, rate, advance_ms } = change;
  world.clock.adjust({
    ...(now === undefined ? {} : { now: Date.parse(now) }),
    ...(frozen === undefined ? {} : { frozen }),
    ...(rate === undefined ? {} : { rate }),
    ...(advance_ms === undefined ? {} : { advanceMs: advance_ms }),
  });
  for (const connection of world.store.connections.all()) settle(world, connection.id);
  return world.clock.state();
}

function changeStatus(world: World, id: string, status: z.infer<typeof StatusChange>["status"]) {
  const connection = world.store.connections.get(id);
  if (!connection) throw notFound(`No connection with id ${id} found`);
  for (const account of world.store.accounts.group(id)) setAccountStatus(world, account, status);
  settle(world, id);
  return viewConnection(world, world.store.connections.get(id) ?? connection);
}

/** Ends one code before its time, so that a test need not move the clock of everybody. */
function expireCode(world: World, value: string) {
  const code = world.store.codes.get(value);
  if (!code) throw notFound("No such code found");
  const expiresAt = world.clock.iso();
  world.store.codes.set(value, { ...code, expiresAt });
  return { expires_at: expiresAt };
}

function reset(desk: Desk, seed: string | undefined) {
  desk.world.clock.reset();
  desk.world.store.reset(seed ?? desk.world.settings.seed);
  desk.faults.clear();
  desk.log.clear();
  return { seed: desk.world.store.seed };
}

type Action = (c: SandboxContext) => unknown;

/** Control for tests and demos: `/_sandbox/*`. Not part of Finch. */
export function mountControl(app: SandboxApp, desk: Desk): void {
  const { world, faults, log } = desk;
  const guarded = (action: Action) => async (c: SandboxContext) => {
    const reason = refusal(world.settings, c);
    if (reason !== null) return Response.json({ error: reason }, { status: 403 });
    try {
      const answer = await action(c);
      world.store.flush();
      return Response.json(answer);
    } catch (error) {
      if (error instanceof FinchError) return Response.json(error.body("plain"), { status: error.status });
      throw error;
    }
  };

  // Open to everybody who can reach the port: it says nothing but that the sandbox runs.
  app.get("/_sandbox/health", (c) => c.json({ status: "ok" }));
  app.post(
    "/_sandbox/reset",
    guarded(async (c) => reset(desk, parseInput(Reset, await readJson(c)).seed)),
  );
  app.get(
    "/_sandbox/clock",
    guarded(() => world.clock.state()),
  );
  app.put(
    "/_sandbox/clock",
    guarded(async (c) => changeClock(world, parseInput(ClockChange, await readJson(c)))),
  );
  app.get(
    "/_sandbox/sessions",
    guarded(() => world.store.sessions.all().map(viewSession)),
  );
  app.get(
    "/_sandbox/connections",
    guarded(() => {
      const rows = world.store.connections.all();
      for (const row of rows) settle(world, row.id);
      return world.store.connections.all().map((row) => viewConnection(world, row));
    }),
  );
  app.put(
    "/_sandbox/connections/:id",
    guarded(async (c) =>
      changeStatus(world, c.req.param("id") ?? "", parseInput(StatusChange, await readJson(c)).status),
    ),
  );
  app.post(
    "/_sandbox/codes/expire",
    guarded(async (c) => expireCode(world, parseInput(CodeEnd, await readJson(c)).code)),
  );
  app.post(
    "/_sandbox/jobs/complete",
    guarded(() => ({ completed: completeJobs(world) })),
  );
  app.get(
    "/_sandbox/requests",
    guarded((c) => log.after(readCount(new URL(c.req.url).searchParams, "after", 0))),
  );
  app.delete(
    "/_sandbox/requests",
    guarded(() => (log.clear(), { cleared: true })),
  );
  app.get(
    "/_sandbox/faults",
    guarded(() => faults.list()),
  );
  app.post(
    "/_sandbox/faults",
    guarded(async (c) => faults.add(parseInput(FaultInput, await readJson(c)))),
  );
  app.delete(
    "/_sandbox/faults",
    guarded(() => (faults.clear(), { cleared: true })),
  );
}
