import type { Sandbox } from "@/sandbox/app";
import { createAccount, createConnection, issueToken } from "@/sandbox/connections";
import { defaultClient } from "@/sandbox/options";
import { findProvider } from "@/sandbox/providers";
import { isObject, type Json } from "@/sandbox/testing/finch-schema";
import type { Hearer } from "@/sandbox/testing/walk/judge";
import { everyProduct, type Kind } from "@/sandbox/testing/walk/kinds";
import type { Facts } from "@/sandbox/testing/walk/stop";
import { Walker } from "@/sandbox/testing/walk/walker";

export const basicAuthorization = `Basic ${btoa(`${defaultClient.id}:${defaultClient.secret}`)}`;

/** A connection under the walk, with the ids that later requests need. */
export interface Company {
  kind: Kind;
  walker: Walker;
  /** The application itself, with its id and secret. */
  office: Walker;
  token: string;
  facts: Facts;
}

export const textAt = (body: Json, ...path: (string | number)[]): string => {
  let node: Json | undefined = body;
  for (const step of path) {
    if (Array.isArray(node) && typeof step === "number") node = node[step];
    else if (isObject(node) && typeof step === "string") node = node[step];
    else return "";
  }
  return typeof node === "string" ? node : "";
};

/** Creates a connection through the API, as any client would; one of several entities as the Connect page does. */
export async function createCompany(
  sandbox: Sandbox,
  judge: Hearer,
  kind: Kind,
  products: readonly string[] = everyProduct,
): Promise<Company> {
  const office = new Walker(sandbox, judge, basicAuthorization, kind.name);
  const { provider_id, authentication_type } = kind;
  const { body } = await office.expect(200, {
    operation: "POST /sandbox/connections",
    note: "a new connection",
    body: { provider_id, authentication_type, products: [...products], employee_size: 12 },
  });
  const several = kind.entities > 1 ? connectSeveral(sandbox, kind, products) : null;
  const token = several?.token ?? textAt(body, "access_token");
  const facts = several?.facts ?? {
    connection: textAt(body, "connection_id"),
    company: textAt(body, "company_id"),
    entity: textAt(body, "entity_id"),
  };
  const walker = new Walker(sandbox, judge, `Bearer ${token}`, kind.name);
  return { kind, token, office, walker, facts: { ...facts, provider: provider_id } };
}

function connectSeveral({ world }: Sandbox, kind: Kind, products: readonly string[]) {
  const provider = findProvider(kind.provider_id);
  if (!provider) throw new Error(`no provider ${kind.provider_id}`);
  const connection = createConnection(world, {
    clientId: defaultClient.id,
    connectionType: "finch",
    provider,
    customerId: null,
    customerName: null,
    customerEmail: null,
    employeeSize: 12,
    entities: Array.from({ length: kind.entities }, (_, place) => ({ name: `Entity ${place}`, people: 6 })),
  });
  const login = { method: kind.authentication_type, products: [...products] };
  const { value } = issueToken(world, createAccount(world, connection, login));
  const [first, second] = connection.entities;
  return {
    token: value,
    facts: {
      connection: connection.id,
      company: connection.companyId,
      entity: first?.id ?? "",
      otherEntity: second?.id ?? "",
    },
  };
}
