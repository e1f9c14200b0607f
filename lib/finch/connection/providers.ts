import { callFinch } from "../http/call";
import type { FinchCaller } from "../caller";
import { publicClient } from "../http/client";
import type { Outcome } from "../outcome";
import type { FinchProvider } from "./types";
import * as wire from "./wire";

/** Finch's network of providers. Public: no credential is sent. */
export function listProviders(caller: FinchCaller): Promise<Outcome<FinchProvider[]>> {
  return callFinch(caller, {
    endpoint: "GET /providers",
    token: null,
    schema: wire.providers,
    send: (options) => publicClient().providers.list(options),
    reshape: ({ wire: list }) =>
      list.map((provider) => ({
        id: provider.id,
        displayName: provider.display_name,
        products: provider.products,
        authenticationMethods: provider.authentication_methods ?? [],
        mfaRequired: provider.mfa_required,
      })),
  });
}
