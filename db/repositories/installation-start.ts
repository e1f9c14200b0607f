import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { installation } from "@/db/schema";

const Claimed = z.object({
  environment: z.string().nullable(),
  quarantined_at: z.union([z.string(), z.date()]).nullable(),
  restored: z.boolean(),
});

interface ClaimedInstallation {
  environment: string | null;
  quarantined: boolean;
  /** The database is another one than at the last start. */
  restored: boolean;
}

/** Fixes the Finch environment at the first start, and finds out whether this is a restored copy. For web and worker. */
export async function claimInstallation(tx: Tx, environment: string): Promise<ClaimedInstallation> {
  const [row] = await tx.execute(sql`select * from claim_installation(${environment})`);
  const { environment: fixed, quarantined_at, restored } = Claimed.parse(row);
  return { environment: fixed, quarantined: quarantined_at !== null, restored };
}

/** Since when nothing leaves this installation, or null. */
export async function findQuarantine(tx: Tx): Promise<Date | null> {
  const [row] = await tx.select({ at: installation.quarantinedAt }).from(installation);
  return row?.at ?? null;
}

/** For the bare worker login. */
export async function quarantineInstallation(tx: Tx, actor: string, reason: string): Promise<void> {
  await tx.execute(sql`select quarantine_installation(${actor}, ${reason})`);
}

/** Lifts the quarantine and writes it to the platform's audit. False where there was none. */
export async function confirmRestoredCopy(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ lifted: boolean }>(sql`select confirm_restore() as lifted`);
  return row?.lifted === true;
}

/** What is dangerous about the login of this process, in words. */
export async function findLoginDangers(tx: Tx): Promise<string[]> {
  const [row] = await tx.execute<{
    name: string;
    skips: boolean;
    inherits: boolean;
    owns: boolean;
  }>(sql`select r.rolname as name, r.rolsuper or r.rolbypassrls as skips,
      r.rolinherit and exists (select from pg_auth_members m where m.member = r.oid) as inherits,
      exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and pg_has_role(r.oid, c.relowner, 'member')) as owns
    from pg_roles r where r.rolname = current_user`);
  if (!row) return [];
  return [
    ...(row.skips ? [`${row.name} may skip row-level security`] : []),
    ...(row.inherits ? [`${row.name} inherits the rights of its roles`] : []),
    ...(row.owns ? [`${row.name} owns the tables`] : []),
  ];
}
