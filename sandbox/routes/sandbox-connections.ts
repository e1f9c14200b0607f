import { z } from "zod";
import { basic, bearer, ok } from "@/sandbox/call";
import {
  createAccount,
  createConnection,
  defaultAuthMethod,
  issueToken,
  setAccountStatus,
} from "@/sandbox/connections";
import { companyIdOf } from "@/sandbox/entities";
import { invalidRequest, notFound } from "@/sandbox/errors";
import { findProvider, type Provider } from "@/sandbox/providers";
import type { Account, AuthMethod, Connection } from "@/sandbox/records";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const AuthenticationType = z.enum(["credential", "oauth", "api_token", "assisted"]);

/** What a connection shares where nothing else is asked for. */
export const everyProduct = [
  "company",
  "directory",
  "individual",
  "employment",
  "payment",
  "pay_statement",
  "benefits",
  "documents",
];
const accountProducts = ["company", "directory", "employment", "individual"];
const defaultPeople = 20;
const mostWithHistory = 100;

const NewConnection = z.object({
  provider_id: z.string().min(1),
  authentication_type: AuthenticationType.optional(),
  products: z.array(z.string()).optional(),
  employee_size: z.number().int().min(1).max(100_000).optional(),
});

const NewAccount = z.object({
  company_id: z.string().min(1),
  provider_id: z.string().min(1),
  authentication_type: AuthenticationType.optional(),
  products: z.array(z.string()).optional(),
});

const UpdateAccount = z.object({
  connection_status: z
    .enum(["pending", "processing", "connected", "error_no_account_setup", "error_permissions", "reauth"])
    .optional(),
});

function requireProvider(id: string): Provider {
  const provider = findProvider(id);
  if (!provider) throw invalidRequest(`Unknown provider: ${id}`);
  return provider;
}

/** How `POST /sandbox/connections` names a connection and its login. */
export function toConnectionAnswer(
  connection: Connection,
  account: Account,
  entity = connection.entities[0],
) {
  return {
    connection_id: connection.id,
    entity_id: entity?.id ?? connection.id,
    company_id: entity ? companyIdOf(connection, entity) : connection.companyId,
    provider_id: connection.providerId,
    account_id: account.id,
    authentication_type: account.authenticationType,
    products: account.products,
  };
}

/** The method asked for. Every provider takes every method here, as in Finch's sandbox. */
function methodOf(provider: Provider, wanted: AuthMethod | undefined): AuthMethod {
  return wanted ?? defaultAuthMethod(provider);
}

/**
 * A connection without the Connect page (Finch: Create a new Sandbox Connection), with 20 people
 * unless `employee_size` says otherwise; above 100, payroll is one pay period. Assisted ones start pending.
 */
const create = basic<Result<"POST /sandbox/connections">>(({ world, client, body }) => {
  const input = parseInput(NewConnection, body);
  const provider = requireProvider(input.provider_id);
  const employeeSize = input.employee_size ?? defaultPeople;
  const connection = createConnection(world, {
    clientId: client.id,
    connectionType: "finch",
    provider,
    customerId: null,
    customerName: null,
    customerEmail: null,
    employeeSize,
    payroll: employeeSize > mostWithHistory ? { payments: null, startDate: null, lastPeriod: true } : null,
  });
  const method = methodOf(provider, input.authentication_type);
  const account = createAccount(world, connection, { method, products: input.products ?? everyProduct });
  const { value } = issueToken(world, account);
  return ok({ ...toConnectionAnswer(connection, account), access_token: value, token_type: "bearer" });
});

/** Another login for a company at a provider (Finch: Create a new sandbox account). 404 where there is none. */
const createLogin = basic<Result<"POST /sandbox/connections/accounts">>(({ world, client, body }) => {
  const input = parseInput(NewAccount, body);
  const provider = requireProvider(input.provider_id);
  const connection = world.store.connections.where(
    (row) =>
      row.entities.some((entity) => companyIdOf(row, entity) === input.company_id) &&
      row.providerId === input.provider_id &&
      row.clientId === client.id &&
      row.disconnectedAt === null,
  )[0];
  if (!connection)
    throw notFound(`No connection of company ${input.company_id} with ${input.provider_id} found`);
  const method = methodOf(provider, input.authentication_type);
  const account = createAccount(world, connection, { method, products: input.products ?? accountProducts });
  const { value } = issueToken(world, account);
  return ok({ ...toConnectionAnswer(connection, account), access_token: value });
});

/** Sets the status of the token's account, and with it what `/employer/*` answers. */
const update = bearer<Result<"PUT /sandbox/connections/accounts">>(({ world, caller, body }) => {
  const { connection_status: status } = parseInput(UpdateAccount, body ?? {});
  const account = status ? setAccountStatus(world, caller.account, status) : caller.account;
  return ok(toConnectionAnswer(caller.connection, account, caller.entity));
});

export const sandboxConnections = {
  "POST /sandbox/connections": create,
  "POST /sandbox/connections/accounts": createLogin,
  "PUT /sandbox/connections/accounts": update,
} satisfies Routes;
