import type { Tx } from "@/db/client";
import type { ConnectionRow } from "@/db/repositories/connections";
import { countPeople, listCompanyNames, listStepsOfRuns } from "@/db/repositories/connections-detail";
import { listProviderProducts } from "@/db/repositories/providers";
import { listLatestRuns } from "@/db/repositories/sync-runs";
import { findUserNames } from "@/db/repositories/connections-clock";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import type { ConnectionParts } from "./to-connection-view";

/** What stands around some connections, each read once for all of them. A disconnected one's data stays hidden. */
export async function loadParts(
  tx: Tx,
  ctx: CustomerContext,
  connections: readonly ConnectionRow[],
): Promise<ConnectionParts[]> {
  const { customerId } = ctx.scope;
  const ids = connections.map((connection) => connection.id);
  const visible = connections.filter((connection) => connection.disconnectedAt === null).map(({ id }) => id);
  const runs = await listLatestRuns(tx, customerId, ids);
  const steps = await listStepsOfRuns(
    tx,
    customerId,
    runs.map((run) => run.id),
  );
  const people = await countPeople(tx, customerId, visible);
  // Staff see names of employers and people, not the companies behind a connection.
  const companyNames = await listCompanyNames(tx, customerId, can(ctx, "individual:read") ? visible : []);
  const names = await findUserNames(
    tx,
    [
      ...connections.map(({ disconnectedBy }) => disconnectedBy),
      ...runs.flatMap(({ requestedBy, cancelledBy }) => [requestedBy, cancelledBy]),
    ].filter((id) => id !== null),
  );
  const providers = await listProviderProducts(
    tx,
    connections.map((connection) => connection.providerId),
  );
  return connections.map((connection) => ({
    connection,
    latestRun: runs.find((run) => run.connectionId === connection.id) ?? null,
    steps,
    people: visible.includes(connection.id) ? (people.get(connection.id) ?? 0) : null,
    companyNames: companyNames.get(connection.id) ?? [],
    disconnectedByName: connection.disconnectedBy ? (names.get(connection.disconnectedBy) ?? null) : null,
    names,
    provider: providers.get(connection.providerId) ?? null,
  }));
}
