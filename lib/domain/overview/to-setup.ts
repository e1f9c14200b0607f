import type { ConnectionView } from "@/lib/domain/connections/views";

export interface SetupStep {
  key: "connect" | "first_sync" | "permissions";
  done: boolean;
  /** The connection that the step is about, once there is one. */
  connectionId: string | null;
}

/** The way from an empty employer to a working one; empty once all of it is done. Pure. */
export function toSetup(connections: readonly ConnectionView[]): SetupStep[] {
  const synced = connections.filter((connection) => connection.lastSyncSucceededAt !== null);
  const lacking = connections.find(
    ({ status, lostProducts }) => status === "missing_permission" || lostProducts.length > 0,
  );
  const steps: SetupStep[] = [
    { key: "connect", done: connections.length > 0, connectionId: connections[0]?.id ?? null },
    { key: "first_sync", done: synced.length > 0, connectionId: (synced[0] ?? connections[0])?.id ?? null },
    {
      key: "permissions",
      done: synced.length > 0 && lacking === undefined,
      connectionId: (lacking ?? connections[0])?.id ?? null,
    },
  ];
  return steps.every((step) => step.done) ? [] : steps;
}
