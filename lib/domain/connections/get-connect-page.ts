import { inScope } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { listProviders } from "./list-providers";
import type { ProviderListView } from "./views";

/**
 * What the page for a new connection shows.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getConnectPage(
  context: Context,
): Promise<{ customerName: string; providers: ProviderListView }> {
  const ctx = requireCustomer(context);
  const providers = await listProviders(ctx);
  const customer = await inScope(ctx, (tx) => findCustomer(tx, ctx.scope.customerId), { readOnly: true });
  if (!customer) throw notFound("employer");
  return { customerName: customer.name, providers };
}
