import "server-only";
import { sql } from "drizzle-orm";
import { inSystem } from "@/db/client";
import { env } from "@/lib/env";

interface InstallationState {
  migrations: number;
  demoSeededAt: Date | null;
}

/** How far this installation's database is. */
export async function getInstallationState(): Promise<InstallationState> {
  const [row] = await inSystem((tx) =>
    tx.execute<{ migrations: number; demo_seeded_at: string | Date | null }>(
      sql`select * from installation_state()`,
    ),
  );
  return {
    migrations: row?.migrations ?? 0,
    demoSeededAt: row?.demo_seeded_at ? new Date(row.demo_seeded_at) : null,
  };
}

/** Whether this is a local copy with the demo accounts. */
export async function isDemo(): Promise<boolean> {
  return env().mode === "local" && (await getInstallationState()).demoSeededAt !== null;
}
