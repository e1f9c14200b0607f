import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import {
  findFleetPosition,
  listFleet,
  listFleetProviders,
  type FleetPosition,
} from "@/db/repositories/customers-fleet";
import { requirePermission } from "@/lib/auth/permissions";
import { connectionStates } from "@/lib/domain/connections/status";
import type { Context } from "@/lib/domain/context";
import { toFleetConnection, type FleetConnectionView } from "./to-fleet-connection";

export const ListFleetConnectionsInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .transform((text) => text.replaceAll("\0", ""))
    .default(""),
  statuses: z.array(z.enum(connectionStates)).default([]),
  providerId: z
    .string()
    .max(100)
    .transform((text) => text.replaceAll("\0", ""))
    .nullable()
    .default(null),
  /** The connection that the page follows. */
  after: z.uuid().nullable().default(null),
});
export type ListFleetConnectionsInput = z.input<typeof ListFleetConnectionsInput>;

export interface FleetConnectionsView {
  connections: FleetConnectionView[];
  next: string | null;
  providers: { id: string; name: string; count: number }[];
  now: Date;
}

export const fleetPageSize = 50;
const batchSize = 500;

/**
 * Connections of all employers, filtered by what they are now. The status is computed, never stored, so batches
 * are read until a page is full.
 * @throws DomainError FORBIDDEN
 */
export async function listFleetConnections(
  ctx: Context,
  raw: ListFleetConnectionsInput,
): Promise<FleetConnectionsView> {
  const input = ListFleetConnectionsInput.parse(raw);
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const now = await readClock(tx);
      const start = input.after ? await findFleetPosition(tx, input.after) : null;
      const found = await collect(tx, input, start, now);
      const page = found.slice(0, fleetPageSize);
      return {
        connections: page,
        next: found.length > fleetPageSize ? (page.at(-1)?.id ?? null) : null,
        providers: await listFleetProviders(tx),
        now,
      };
    },
    { readOnly: true },
  );
}

async function collect(
  tx: Tx,
  input: z.output<typeof ListFleetConnectionsInput>,
  start: FleetPosition | null,
  now: Date,
): Promise<FleetConnectionView[]> {
  const { search, providerId, statuses } = input;
  const found: FleetConnectionView[] = [];
  const limit = statuses.length > 0 ? batchSize : fleetPageSize + 1;
  let after = start;
  for (;;) {
    const batch = await listFleet(tx, { search, providerId, after, limit });
    for (const row of batch) {
      const view = toFleetConnection(row, now);
      if (statuses.length === 0 || statuses.includes(view.status)) found.push(view);
    }
    const last = batch.at(-1);
    if (batch.length < limit || !last || found.length > fleetPageSize) return found;
    after = { customerName: last.customerName, connectionId: last.connection.id };
  }
}
