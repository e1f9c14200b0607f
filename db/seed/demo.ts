import { closeDatabase, configureDatabase, databaseClient, inScope, inSystem } from "@/db/client";
import { isDemoSeeded, markDemoSeeded } from "@/db/repositories/installation-demo";
import { deleteRole } from "@/db/repositories/user-roles";
import { recordAudit } from "@/lib/domain/audit";
import { completeConnect } from "@/lib/domain/connections/complete-connect";
import { listConnections } from "@/lib/domain/connections/list-connections";
import { startConnect } from "@/lib/domain/connections/start-connect";
import { roleContext, type Context, type CustomerContext } from "@/lib/domain/context";
import { createCustomer } from "@/lib/domain/customers/create-customer";
import { getIndividual } from "@/lib/domain/individuals/get-individual";
import { listDirectory } from "@/lib/domain/individuals/list-directory";
import { ensureDemoFactors } from "@/lib/domain/second-factor/ensure-demo-factors";
import { grantRole, type GrantRoleInput } from "@/lib/domain/team/grant-role";
import { env } from "@/lib/env";
import { signInAtConnect } from "./demo-connect";
import { demoConnectors, demoCustomers, demoEmployee, demoGrants } from "./demo-people";

/**
 * Fills an empty local copy by the same doors that people use: roles by the staff's verbs, connections through
 * Finch Connect's pages of the sandbox, data by the worker's first sync. Each step looks first at what is there,
 * so a seed that was cut short goes on, and a second one changes nothing.
 *
 * Needs a running sandbox and a running worker, and the environment of a worker process: WORKER_DATABASE_URL,
 * FINCH_BASE_URL, FINCH_CLIENT_ID, FINCH_CLIENT_SECRET, FINCH_ENVIRONMENT, TOKEN_ENCRYPTION_KEYS and what env() asks for.
 */

const installer: Context = roleContext({
  actor: { kind: "system", name: "demo seed" },
  scope: { kind: "platform" },
  role: "staff_admin",
});

const demoEmails = [...new Set([...demoGrants, demoEmployee].map(({ email }) => email))];
/** Pay of six years is some 60 requests: seconds where the machine is free, minutes where it is not. */
const firstSyncLimitMs = 240_000;
const pollMs = 200;
/** Any number will do, as long as every seed uses the same one. */
const seedLock = 7_305_021;

export interface SeedOptions {
  /** Told what happens, line by line. */
  say?: (line: string) => void;
  /** Leaves the pool open, for tests that go on using it. */
  keepOpen?: boolean;
}

/**
 * Seeds the demo and waits until the first syncs are through.
 * @returns whether anything was to be done
 * @throws Error where a step does not come to its end
 */
export async function seedDemo({
  say = () => undefined,
  keepOpen = false,
}: SeedOptions = {}): Promise<boolean> {
  const { WORKER_DATABASE_URL, DATABASE_URL, mode } = env();
  if (mode !== "local") throw new Error("Demo data is for local mode only.");
  await configureDatabase({ url: WORKER_DATABASE_URL ?? DATABASE_URL, max: 4 });
  const reserved = await databaseClient().reserve();
  try {
    // Two seeds at once would connect twice; the second waits and then finds everything done.
    await reserved`select pg_advisory_lock(${seedLock})`;
    if (await inSystem(isDemoSeeded)) {
      // A copy from before there were authenticators gets them too.
      await ensureDemoFactors(demoEmails);
      return false;
    }
    await seedPeople(say);
    await seedConnection("acme", say);
    await seedConnection("initech", say);
    await seedEmployee();
    await ensureDemoFactors(demoEmails);
    await inSystem(markDemoSeeded);
    return true;
  } finally {
    await reserved`select pg_advisory_unlock(${seedLock})`.catch(() => undefined);
    reserved.release();
    if (!keepOpen) await closeDatabase();
  }
}

/** Demo accounts are told of no role: the mailbox is for what people do. */
const give = (input: GrantRoleInput) => grantRole(installer, input, { mail: false });

async function seedPeople(say: (line: string) => void): Promise<void> {
  for (const { id, name } of Object.values(demoCustomers)) {
    const { created } = await createCustomer(installer, { id, name });
    if (created) say(`Employer ${name}`);
  }
  for (const { email, name, role, at } of demoGrants)
    await give({ customerId: at && demoCustomers[at].id, email, name, role });
}

function adminAt(customerId: string, user: { id: string; email: string; name: string }): CustomerContext {
  const scope = { kind: "customer" as const, customerId, connectionIds: "all" as const };
  const actor = { kind: "user" as const, userId: user.id, email: user.email, name: user.name };
  return { ...roleContext({ actor, scope, role: "employer_admin" }), scope };
}

async function seedConnection(at: keyof typeof demoConnectors, say: (line: string) => void): Promise<void> {
  const { id: customerId, name, providerId } = demoCustomers[at];
  const { leaves, ...connector } = demoConnectors[at];
  const { userId } = await give({ customerId, ...connector, role: "employer_admin" });
  const ctx = adminAt(customerId, { id: userId, ...connector });
  const { connections } = await listConnections(ctx);
  if (!connections.some((connection) => connection.disconnectedAt === null)) {
    say(`Connecting ${name}`);
    await connect(ctx, providerId);
  }
  await waitForFirstSync(ctx, name);
  if (leaves) await removeWithoutSuccessor(customerId, userId);
}

/**
 * remove-role keeps the last administrator. The demo shows what an employer looks like whose only one is gone all the
 * same, as after a person was deleted.
 */
async function removeWithoutSuccessor(customerId: string, userId: string): Promise<void> {
  const scope = { kind: "customer" as const, customerId, connectionIds: "all" as const };
  const ctx: Context = { ...installer, scope };
  const role = "employer_admin";
  await inScope(ctx, async (tx) => {
    const removed = await deleteRole(tx, {
      customerId,
      userId,
      role,
      connectionId: null,
      individualId: null,
    });
    if (removed) await recordAudit(tx, ctx, "role.revoke", { type: "user", id: userId }, { role });
  });
}

async function connect(ctx: CustomerContext, providerId: string): Promise<void> {
  const started = await startConnect(ctx, { flow: "redirect", providerId });
  if (started.kind === "exists") return;
  const code = await signInAtConnect(started.connectUrl, providerId);
  const { sessionId, flow, nonce } = started;
  const result = await completeConnect(ctx, { sessionId, flow, code, nonce });
  if (result.kind !== "connected") throw new Error(`Finch Connect ended with “${result.problem}”.`);
}

async function waitForFirstSync(ctx: CustomerContext, name: string): Promise<void> {
  const deadline = Date.now() + firstSyncLimitMs;
  for (;;) {
    const { connections } = await listConnections(ctx);
    const open = connections.filter((connection) => connection.disconnectedAt === null);
    if (open.some((connection) => connection.lastSyncSucceededAt !== null && !connection.isBusy)) return;
    if (Date.now() > deadline) {
      const cause = open[0]?.cause.happened ?? "It did not begin.";
      throw new Error(`The first sync of ${name} is not through. ${cause} Is the worker running?`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** The first active employee in the directory's order may see the own profile. */
async function seedEmployee(): Promise<void> {
  const customerId = demoCustomers.acme.id;
  const scope = { kind: "customer" as const, customerId, connectionIds: "all" as const };
  const admin = roleContext({ actor: installer.actor, scope, role: "employer_admin" });
  const { rows } = await listDirectory(admin, { active: true, statuses: ["active"], types: ["employee"] });
  const first = rows[0];
  if (!first) throw new Error("Acme's directory has no active employee.");
  const { person } = await getIndividual(admin, { individualId: first.id });
  await give({
    customerId,
    ...demoEmployee,
    name: person.name,
    role: "employee",
    connectionId: first.connection.id,
    individualId: first.id,
  });
}
