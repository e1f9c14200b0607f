import type { ConnectionView } from "@/lib/domain/connections/views";

const dayMs = 24 * 3_600_000;
/** Assisted setup may take 14 days (Finch: Assisted connections). */
export const assistedSetupDays = 14;

/** "Setting up, day 3 of 14"; undefined where the status' own word says it all. */
export function setupDay(
  connection: Pick<ConnectionView, "status" | "setupStartedAt" | "syncKind">,
  now: string,
): string | undefined {
  const { status, setupStartedAt, syncKind } = connection;
  if (status !== "setting_up" || !setupStartedAt || syncKind !== "assisted") return undefined;
  const day = Math.floor((new Date(now).getTime() - new Date(setupStartedAt).getTime()) / dayMs) + 1;
  return `Setting up, day ${Math.max(1, Math.min(assistedSetupDays, day))} of ${assistedSetupDays}`;
}

/** When setup ends at the latest. */
export function setupLimit(setupStartedAt: string): Date {
  return new Date(new Date(setupStartedAt).getTime() + assistedSetupDays * dayMs);
}
