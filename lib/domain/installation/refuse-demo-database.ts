import { inSystem } from "@/db/client";
import { isDemoSeeded } from "@/db/repositories/installation-demo";
import { env, type Env } from "@/lib/env";

/** A server was pointed at a database with demo people, who could sign in there. */
export class DemoDatabaseError extends Error {
  constructor() {
    super(
      "This database holds the demo employers and their accounts, so server mode does not start on it. Give Perch a database of its own.",
    );
    this.name = "DemoDatabaseError";
  }
}

/**
 * Stops the start of a server on a database in which the demo was set up (SECURITY 1).
 * @throws DemoDatabaseError
 */
export async function refuseDemoDatabase({ mode }: Pick<Env, "mode"> = env()): Promise<void> {
  if (mode === "server" && (await inSystem(isDemoSeeded))) throw new DemoDatabaseError();
}
