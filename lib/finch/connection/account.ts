import { callFinch } from "../http/call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import type { Introspection } from "./types";
import * as wire from "./wire";

/** The connection as Finch sees it. Works while it is pending or waits for reauthentication: the health check. */
export function introspect(caller: FinchCaller, token: FinchToken): Promise<Outcome<Introspection>> {
  return callFinch(caller, {
    endpoint: "GET /introspect",
    token,
    schema: wire.introspection,
    send: (options) => tokenClient(token).account.introspect(options),
    reshape: ({ wire: it, json }) => ({
      finchConnectionId: it.connection_id,
      finchCustomerId: it.customer_id,
      providerId: it.provider_id,
      companyId: it.company_id,
      clientType: it.client_type,
      connectionType: it.connection_type,
      products: it.products,
      username: it.username,
      status: it.connection_status.status,
      statusMessage: it.connection_status.message,
      authenticationMethods: methodsOf(it),
      entities: (it.entities ?? []).map((entity) => ({
        id: entity.id,
        name: entity.name,
        sourceId: entity.source_id,
        status: entity.status,
      })),
      raw: json,
    }),
  });
}

function methodsOf(it: {
  authentication_methods: wire.WireAuthenticationMethod[] | null;
  manual: boolean | null;
}) {
  const methods = (it.authentication_methods ?? []).map((method) => ({
    type: method.type,
    status: method.connection_status?.status ?? null,
    message: method.connection_status?.message ?? null,
    products: method.products,
  }));
  // Older answers only say `manual`, the former name of assisted.
  if (methods.length > 0 || !it.manual) return methods;
  return [{ type: "assisted", status: null, message: null, products: null }];
}

/** Ends the connection at Finch: **all** its tokens stop working, not this one alone. */
export function disconnect(caller: FinchCaller, token: FinchToken): Promise<Outcome<{ status: string }>> {
  return callFinch(caller, {
    endpoint: "POST /disconnect",
    token,
    schema: wire.disconnected,
    send: (options) => tokenClient(token).account.disconnect(options),
    reshape: ({ wire: answer }) => ({ status: answer.status }),
  });
}
