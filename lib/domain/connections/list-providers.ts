import { z } from "zod";
import { inScope } from "@/db/client";
import { listProviderRows, type ProviderRow } from "@/db/repositories/providers";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { enqueue } from "@/lib/jobs/define";
import { refreshProvidersJob } from "@/lib/jobs/sync";
import type { ProviderListView, ProviderView } from "./views";

const methods = z.array(z.object({ type: z.string() })).catch([]);

/** Allow-list of what a screen gets of a provider. */
export function toProviderView(row: ProviderRow): ProviderView {
  const types = methods.parse(row.authenticationMethods).map((method) => method.type);
  return {
    id: row.id,
    name: row.displayName,
    automated: types.some((type) => type !== "assisted"),
    assisted: types.includes("assisted"),
    mfaRequired: row.mfaRequired,
    products: row.products,
  };
}

/**
 * The providers that can be connected, by name. Where the list was never
 * fetched, the worker is asked for it and `fetchedAt` is null.
 * @throws DomainError FORBIDDEN
 */
export async function listProviders(context: Context): Promise<ProviderListView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "connection:connect");
  const rows = await inScope(ctx, listProviderRows, { readOnly: true });
  if (rows.length === 0) {
    // The key keeps many open pages from asking more than once.
    await inScope(ctx, (tx) => enqueue(tx, refreshProvidersJob, {}, { key: "providers.refresh" }));
    return { providers: [], fetchedAt: null };
  }
  const fetchedAt = rows.reduce(
    (oldest, row) => (row.fetchedAt < oldest ? row.fetchedAt : oldest),
    new Date(),
  );
  return { providers: rows.map(toProviderView), fetchedAt: fetchedAt.toISOString() };
}
