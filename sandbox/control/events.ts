import { z } from "zod";
import { hurryBenefitJobs } from "@/sandbox/benefits/jobs";
import { standingAccounts } from "@/sandbox/accounts";
import { finishAssistedSetup } from "@/sandbox/assisted";
import type { World } from "@/sandbox/call";
import { isAssisted, setAccountStatus } from "@/sandbox/connections";
import { readJson, type Mount } from "@/sandbox/control/mount";
import { dismiss, hire, raise, runPayroll, type Told } from "@/sandbox/control/people-events";
import { openEntities } from "@/sandbox/entities";
import { invalidRequest, notFound } from "@/sandbox/errors";
import type { Connection, Entity } from "@/sandbox/records";
import { runningSync, settle, startJob } from "@/sandbox/syncs";
import { parseInput } from "@/sandbox/validate";

/** Where it happens, and whether a sync shows it at once. */
const place = { entity_id: z.string().optional(), sync: z.boolean().default(true) };
const person = { ...place, individual_id: z.string().optional() };

const Event = z.discriminatedUnion("event", [
  z.strictObject({
    event: z.literal("employee_hired"),
    ...place,
    first_name: z.string().min(1).max(100).optional(),
    last_name: z.string().min(1).max(100).optional(),
    title: z.string().min(1).max(100).optional(),
  }),
  z.strictObject({
    event: z.literal("raise"),
    ...person,
    percent: z.number().gt(-100).max(1_000).default(5),
  }),
  z.strictObject({ event: z.literal("termination"), ...person }),
  z.strictObject({ event: z.literal("payroll_run"), ...place, pay_date: z.iso.date().optional() }),
  z.strictObject({
    event: z.literal("breaks"),
    status: z.enum(["reauth", "error_permissions", "error_no_account_setup"]).default("reauth"),
  }),
  z.strictObject({ event: z.literal("mended") }),
  z.strictObject({
    event: z.literal("setup_finished"),
    outcome: z
      .enum(["processing", "connected", "error_no_account_setup", "error_permissions"])
      .default("connected"),
  }),
  z.strictObject({ event: z.literal("sync") }),
]);
type Event = z.infer<typeof Event>;

function openConnection(world: World, id: string | undefined): Connection {
  settle(world, id ?? "");
  const connection = world.store.connections.get(id ?? "");
  if (!connection) throw notFound(`No connection with id ${id} found`);
  if (connection.disconnectedAt !== null) throw invalidRequest("The connection is disconnected");
  return connection;
}

function entityOf(connection: Connection, id: string | undefined): Entity {
  const open = openEntities(connection);
  const entity = id === undefined ? open[0] : open.find((row) => row.id === id);
  if (!entity) throw notFound(`No entity with id ${id} found`);
  return entity;
}

/** Starts a sync unless one runs, which then shows the change as well. */
export function sync(world: World, connection: Connection): string {
  const running = runningSync(world, connection.id);
  if (running) return running.id;
  const assisted = standingAccounts(world, connection.id).every(isAssisted);
  const job = startJob(world, connection.id, {
    type: "data_sync_all",
    origin: "sandbox",
    outcome: connection.jobOutcome,
    ...(assisted ? { delayMs: 0 } : {}),
  });
  if (assisted) hurryBenefitJobs(world, connection.id);
  settle(world, connection.id);
  return job.id;
}

function setStatus(
  world: World,
  connection: Connection,
  status: "connected" | "reauth" | "error_permissions" | "error_no_account_setup",
): Told {
  const accounts = standingAccounts(world, connection.id);
  for (const account of accounts) setAccountStatus(world, account, status);
  settle(world, connection.id);
  return {
    message: `${accounts.length === 1 ? "The login is" : `${accounts.length} logins are`} now ${status}.`,
  };
}

function happen(world: World, connection: Connection, input: Event): Told {
  switch (input.event) {
    case "employee_hired":
      return hire(world, connection, entityOf(connection, input.entity_id), input);
    case "raise":
      return raise(world, connection, entityOf(connection, input.entity_id), input);
    case "termination":
      return dismiss(world, connection, entityOf(connection, input.entity_id), input.individual_id);
    case "payroll_run":
      return runPayroll(world, connection, entityOf(connection, input.entity_id), input.pay_date);
    case "breaks":
      return setStatus(world, connection, input.status);
    case "mended":
      return setStatus(world, connection, "connected");
    case "setup_finished": {
      const changed = finishAssistedSetup(world, connection, input.outcome);
      if (changed.length === 0) throw invalidRequest("No login of this connection is being set up");
      return { message: `The setup is ${input.outcome}.` };
    }
    case "sync":
      return { message: "A sync has started." };
  }
}

/** Lets something happen at an employer or its provider, as it would without anybody calling Finch. */
export function mountEvents({ app, desk: { world }, guarded }: Mount): void {
  app.post(
    "/_sandbox/connections/:id/events",
    guarded(async (c) => {
      const input = parseInput(Event, await readJson(c));
      const connection = openConnection(world, c.req.param("id"));
      const told = happen(world, connection, input);
      const syncs = input.event === "sync" || ("sync" in input && input.sync);
      const job_id = syncs ? sync(world, world.store.connections.get(connection.id) ?? connection) : null;
      return { event: input.event, connection_id: connection.id, job_id, ...told };
    }),
  );
}
