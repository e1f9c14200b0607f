import { z } from "zod";
import { standingAccounts } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import {
  createAccount,
  createConnection,
  defaultAuthMethod,
  findConnectionOfCustomer,
  issueToken,
  setAccountStatus,
} from "@/sandbox/connections";
import { readJson, type Mount } from "@/sandbox/control/mount";
import { viewConnection, viewSession } from "@/sandbox/control/views";
import { openEntities } from "@/sandbox/entities";
import { FinchError, invalidRequest, notFound } from "@/sandbox/errors";
import { findProvider } from "@/sandbox/providers";
import type { Connection, ConnectionStatus } from "@/sandbox/records";
import { everyProduct, toConnectionAnswer } from "@/sandbox/routes/sandbox-connections";
import { settle, settleAll } from "@/sandbox/settle";
import { parseInput } from "@/sandbox/validate";

const StatusChange = z.strictObject({
  status: z.enum([
    "pending",
    "processing",
    "connected",
    "error_no_account_setup",
    "error_permissions",
    "reauth",
  ]),
  /** Only this entity; without it the whole connection. */
  entity_id: z.string().optional(),
});

const NewEntity = z.strictObject({
  name: z.string().min(1).max(255),
  people: z.number().int().min(1).max(100_000),
  source_id: z.string().max(255).nullish(),
});

const CodeEnd = z.strictObject({ code: z.string().min(1).max(200) });

const NewCompany = z.strictObject({
  provider_id: z.string().min(1),
  people: z.number().int().min(1).max(100_000).default(20),
  /** How many payments lie behind; without it as many as a new sandbox connection has. */
  payments: z.number().int().min(0).max(1_000).optional(),
  /** The first day that is paid. */
  start_date: z.iso.date().optional(),
  customer_id: z.string().min(1).max(255).optional(),
  customer_name: z.string().min(1).max(255).optional(),
  products: z.array(z.string()).min(1).optional(),
  authentication_type: z.enum(["credential", "oauth", "api_token", "assisted"]).optional(),
  /** Several employers in one connection, each with people and payroll of its own. */
  entities: z.array(NewEntity).min(2).max(50).optional(),
  /** Whose connection it is; without it the first client's. */
  client_id: z.string().optional(),
});

const NewToken = z.strictObject({ account_id: z.string().optional() });

function requireConnection(world: World, id: string | undefined): Connection {
  const connection = world.store.connections.get(id ?? "");
  if (!connection) throw notFound(`No connection with id ${id} found`);
  return connection;
}

/** An entity may have a status that is not its login's; with its login's it has none of its own. */
function changeEntityStatus(
  world: World,
  connection: Connection,
  id: string,
  status: ConnectionStatus,
): void {
  const entity = openEntities(connection).find((row) => row.id === id);
  if (!entity) throw notFound(`No entity with id ${id} found`);
  const { status: _status, ...plain } = entity;
  const isOwn = standingAccounts(world, connection.id).some((account) => account.status !== status);
  const entities = connection.entities.map((row) =>
    row.id === id ? { ...plain, ...(isOwn ? { status } : {}) } : row,
  );
  world.store.connections.set(connection.id, { ...connection, entities });
}

function changeStatus(world: World, connection: Connection, change: z.infer<typeof StatusChange>) {
  const { status, entity_id: entityId } = change;
  if (entityId === undefined) {
    for (const account of world.store.accounts.group(connection.id)) setAccountStatus(world, account, status);
  } else changeEntityStatus(world, connection, entityId, status);
  settle(world, connection.id);
  return viewConnection(world, requireConnection(world, connection.id));
}

/** Ends one code before its time, so that a test need not move the clock of everybody. */
function expireCode(world: World, value: string) {
  const code = world.store.codes.get(value);
  if (!code) throw notFound("No such code found");
  const expiresAt = world.clock.iso();
  world.store.codes.set(value, { ...code, expiresAt });
  return { expires_at: expiresAt };
}

function clientIdOf(world: World, wanted: string | undefined): string {
  const client = world.settings.clients.find((row) => wanted === undefined || row.id === wanted);
  if (!client) throw invalidRequest(`Unknown client: ${wanted}`);
  return client.id;
}

function refuseSecond(world: World, clientId: string, customerId: string | undefined): void {
  const existing = customerId === undefined ? null : findConnectionOfCustomer(world, clientId, customerId);
  if (!existing) return;
  const context = { customer_id: customerId, connection_id: existing.id };
  const message = `There's an existing connection for the customer_id: ${customerId}`;
  throw new FinchError(400, "bad_request", message, "connection_already_exists", { context });
}

/** A company of any size, at once: its people and payments are made when they are read. */
function createCompany(world: World, input: z.infer<typeof NewCompany>) {
  const provider = findProvider(input.provider_id);
  if (!provider) throw invalidRequest(`Unknown provider: ${input.provider_id}`);
  const clientId = clientIdOf(world, input.client_id);
  refuseSecond(world, clientId, input.customer_id);
  const connection = createConnection(world, {
    clientId,
    connectionType: "finch",
    provider,
    customerId: input.customer_id ?? null,
    customerName: input.customer_name ?? null,
    customerEmail: null,
    employeeSize: input.people,
    ...(input.entities
      ? { entities: input.entities.map((row) => ({ ...row, sourceId: row.source_id ?? null })) }
      : {}),
    payroll: { payments: input.payments ?? null, startDate: input.start_date ?? null },
  });
  const method = input.authentication_type ?? defaultAuthMethod(provider);
  const account = createAccount(world, connection, { method, products: input.products ?? everyProduct });
  const { value } = issueToken(world, account);
  return { ...toConnectionAnswer(connection, account), access_token: value, token_type: "bearer" };
}

/** Another token for a login, for those who did not keep theirs. */
function createToken(world: World, connection: Connection, accountId: string | undefined) {
  const accounts = world.store.accounts.group(connection.id);
  const account = accountId === undefined ? accounts.at(-1) : accounts.find((row) => row.id === accountId);
  if (!account) throw notFound(`No account with id ${accountId} found`);
  if (connection.disconnectedAt !== null) throw invalidRequest("The connection is disconnected");
  const { value } = issueToken(world, account);
  return { ...toConnectionAnswer(connection, account), access_token: value, token_type: "bearer" };
}

function listConnections(world: World) {
  settleAll(
    world,
    world.store.connections.all().map((row) => row.id),
  );
  return world.store.connections.all().map((row) => viewConnection(world, row));
}

/** Connections, and what leads to them. */
export function mountConnections({ app, desk: { world }, guarded }: Mount): void {
  app.get(
    "/_sandbox/sessions",
    guarded(() => world.store.sessions.all().map(viewSession)),
  );
  app.get(
    "/_sandbox/connections",
    guarded(() => listConnections(world)),
  );
  app.put(
    "/_sandbox/connections/:id",
    guarded(async (c) => {
      const change = parseInput(StatusChange, await readJson(c));
      return changeStatus(world, requireConnection(world, c.req.param("id")), change);
    }),
  );
  app.post(
    "/_sandbox/connections/:id/tokens",
    guarded(async (c) => {
      const { account_id } = parseInput(NewToken, await readJson(c));
      return createToken(world, requireConnection(world, c.req.param("id")), account_id);
    }),
  );
  app.post(
    "/_sandbox/companies",
    guarded(async (c) => createCompany(world, parseInput(NewCompany, await readJson(c)))),
  );
  app.post(
    "/_sandbox/codes/expire",
    guarded(async (c) => expireCode(world, parseInput(CodeEnd, await readJson(c)).code)),
  );
}
