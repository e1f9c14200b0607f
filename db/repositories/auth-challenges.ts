import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { authChallenges } from "@/db/schema";

/** What a browser must answer to, on the login perch_auth. */
export interface ChallengeOwner {
  kind: string;
  /** Null where nobody is signed in yet. */
  userId: string | null;
  /** Hash of what only the asking browser has. */
  browserHash: string;
}

interface NewChallenge extends ChallengeOwner {
  data: Record<string, unknown>;
  minutes: number;
}

const ownedBy = ({ kind, userId, browserHash }: ChallengeOwner) =>
  and(
    eq(authChallenges.kind, kind),
    userId === null ? isNull(authChallenges.userId) : eq(authChallenges.userId, userId),
    eq(authChallenges.browserHash, browserHash),
  );

/** Keeps a challenge. A browser has one of each kind: the newest counts, what is over goes. */
export async function insertAuthChallenge(tx: Tx, { minutes, ...row }: NewChallenge): Promise<string> {
  await tx.delete(authChallenges).where(ownedBy(row));
  await tx.delete(authChallenges).where(lt(authChallenges.expiresAt, sql`now() - interval '1 hour'`));
  const [inserted] = await tx
    .insert(authChallenges)
    .values({ ...row, expiresAt: sql`now() + make_interval(mins => ${minutes}::int)` })
    .returning({ id: authChallenges.id });
  if (!inserted) throw new TypeError("An insert returned no row");
  return inserted.id;
}

/** What was kept, where it is not over and belongs to this browser and person; or null. */
export async function findAuthChallenge(tx: Tx, id: string, owner: ChallengeOwner): Promise<unknown> {
  const [row] = await tx
    .select({ data: authChallenges.data })
    .from(authChallenges)
    .where(and(eq(authChallenges.id, id), ownedBy(owner), gt(authChallenges.expiresAt, sql`now()`)));
  return row?.data ?? null;
}

/** The same, and it is used up: of two requests one gets it. */
export async function takeAuthChallenge(tx: Tx, id: string, owner: ChallengeOwner): Promise<unknown> {
  const [row] = await tx
    .delete(authChallenges)
    .where(and(eq(authChallenges.id, id), ownedBy(owner), gt(authChallenges.expiresAt, sql`now()`)))
    .returning({ data: authChallenges.data });
  return row?.data ?? null;
}
