import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers } from "@/db/schema";

type NewProvider = Omit<typeof providers.$inferInsert, "fetchedAt">;

/** Writes Finch's list. The worker's bare login. */
export async function replaceProviders(tx: Tx, list: readonly NewProvider[], fetchedAt: Date): Promise<void> {
  if (list.length === 0) return;
  await tx
    .insert(providers)
    .values(list.map((provider) => ({ ...provider, fetchedAt })))
    .onConflictDoUpdate({
      target: providers.id,
      set: {
        displayName: sql`excluded.display_name`,
        products: sql`excluded.products`,
        authenticationMethods: sql`excluded.authentication_methods`,
        mfaRequired: sql`excluded.mfa_required`,
        fetchedAt: sql`excluded.fetched_at`,
      },
      setWhere: sql`${providers.fetchedAt} <= excluded.fetched_at`,
    });
}

/** Whether the list is missing or older than a day. */
export async function providersAreOld(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ old: boolean }>(
    sql`select coalesce(max(fetched_at) < now() - interval '1 day', true) as old from providers`,
  );
  return row?.old ?? true;
}
