import type { World } from "@/sandbox/call";
import type { Change } from "@/sandbox/changes";
import type { Connection } from "@/sandbox/records";

/** A change that a sync made visible. */
export interface Published {
  /** Null where it concerns the whole connection. */
  entityId: string | null;
  change: Change;
}

/** The time that a sync covers (milliseconds): since the one before it, or null for the first. */
export interface SyncWindow {
  from: number | null;
  at: number;
}

/**
 * Shows what was written since the last sync, in one part of the data, and names what changed by it.
 * Naming is only needed where `wantsChanges` says so; showing always is. `publishers.ts` lists them.
 */
export type Publisher = (world: World, connection: Connection, sync: SyncWindow) => Published[];

/** Whether anybody is told of what a sync changed: webhooks speak of data only after the first sync. */
export function wantsChanges(world: World, sync: SyncWindow): boolean {
  return sync.from !== null && world.changes.heard;
}
