import type { World } from "@/sandbox/call";
import type { Change } from "@/sandbox/changes";
import type { Connection } from "@/sandbox/records";

/** Shows what was changed in payroll since the last sync; returns what to tell, if anybody hears it. */
export function publishPayroll(
  _world: World,
  _connection: Connection,
  _sync: { from: number | null; at: number },
): { entityId: string; change: Change }[] {
  return [];
}
