import { sql } from "drizzle-orm";

/** Ids as one array parameter: `id = any(…)` finds them by index whatever the planner believes of the table. */
export const uuids = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;
