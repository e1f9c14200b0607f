import { and, eq, isNull, like, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { accounts, users } from "@/db/schema";

/** Identities at an identity provider, on the login perch_auth: issuer and subject, never a mail address. */
export interface Identity {
  issuer: string;
  subject: string;
}

const ofIdentity = ({ issuer, subject }: Identity) =>
  and(eq(accounts.provider, issuer), eq(accounts.providerAccountId, subject));

/** Whose identity this is, or null: unknown, or of a disabled user. */
export async function findUserOfIdentity(database: Database, identity: Identity): Promise<string | null> {
  const [row] = await database
    .select({ id: users.id })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(and(ofIdentity(identity), isNull(users.disabledAt)));
  return row?.id ?? null;
}

/** Whether a user has an identity at this issuer. */
export async function hasIdentityAt(database: Database, userId: string, issuer: string): Promise<boolean> {
  const rows = await database
    .select({ id: accounts.userId })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.provider, issuer)))
    .limit(1);
  return rows.length > 0;
}

interface IdentityProfile {
  /** Verified by the issuer; null where it says nothing of the kind. */
  email: string | null;
  name: string | null;
}

/**
 * Gives somebody who was added by issuer and subject alone a name and an address, where they have none yet. An
 * address that another user has stays theirs, and nothing is linked by it.
 */
export async function fillIdentityProfile(
  database: Database,
  userId: string,
  { email, name }: IdentityProfile,
): Promise<void> {
  if (name) {
    await database
      .update(users)
      .set({ name })
      .where(and(eq(users.id, userId), isNull(users.name)));
  }
  if (email) {
    await database
      .update(users)
      .set({ email, emailVerified: sql`coalesce(email_verified, now())` })
      .where(
        and(
          eq(users.id, userId),
          like(users.email, "%@staff.invalid"),
          sql`not exists (select from users other where other.email = ${email})`,
        ),
      );
  }
}
