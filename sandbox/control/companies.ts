import { z } from "zod";
import type { World } from "@/sandbox/call";
import {
  createAccount,
  createConnection,
  defaultAuthMethod,
  findConnectionOfCustomer,
  issueToken,
} from "@/sandbox/connections";
import { requireConnection } from "@/sandbox/control/connections";
import { readJson, type Mount } from "@/sandbox/control/mount";
import { FinchError, invalidRequest, notFound } from "@/sandbox/errors";
import { findProvider } from "@/sandbox/providers";
import type { Connection } from "@/sandbox/records";
import { everyProduct, toConnectionAnswer } from "@/sandbox/routes/sandbox-connections";
import { parseInput } from "@/sandbox/validate";

const NewEntity = z.strictObject({
  name: z.string().min(1).max(255),
  people: z.number().int().min(1).max(100_000),
  source_id: z.string().max(255).nullish(),
});

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

/** Connections for whoever needs them at once, and tokens for those who lost theirs. */
export function mountCompanies({ app, desk: { world }, guarded }: Mount): void {
  app.post(
    "/_sandbox/companies",
    guarded(async (c) => createCompany(world, parseInput(NewCompany, await readJson(c)))),
  );
  app.post(
    "/_sandbox/connections/:id/tokens",
    guarded(async (c) => {
      const { account_id } = parseInput(NewToken, await readJson(c));
      return createToken(world, requireConnection(world, c.req.param("id")), account_id);
    }),
  );
}
