import { inScope } from "@/db/client";
import { insertApiRequest } from "@/db/repositories/api-requests";
import { requireCustomer, type Context } from "@/lib/domain/context";
import type { FinchCaller } from "@/lib/finch";

/** A caller that writes each request to the customer's api_requests, in a transaction of its own. */
export function finchCaller(
  ctx: Context,
  about: { connectionId?: string; syncRunId?: string } = {},
): FinchCaller {
  const { customerId } = requireCustomer(ctx).scope;
  return {
    ...about,
    record: (request) => inScope(ctx, (tx) => insertApiRequest(tx, { customerId, ...request })),
  };
}
