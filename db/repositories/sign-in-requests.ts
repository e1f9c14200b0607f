import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Database, Tx } from "@/db/client";
import { verificationTokens } from "@/db/schema";

/** Requests to sign in, on the login perch_auth: rows of verification_tokens. */
export type SignInRequestRow = typeof verificationTokens.$inferSelect;

interface NewSignInRequest {
  id: string;
  address: string;
  tokenHash: string;
  nonceHash: string;
  codeHash: string;
  callbackUrl: string | null;
  minutes: number;
}

/** Writes the request and its mail's job together. The worker decides whether the mail goes out. */
export async function insertSignInRequest(database: Database, request: NewSignInRequest): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.insert(verificationTokens).values({
      id: request.id,
      identifier: request.address,
      token: request.tokenHash,
      nonceHash: request.nonceHash,
      codeHash: request.codeHash,
      callbackUrl: request.callbackUrl,
      expires: sql`now() + make_interval(mins => ${request.minutes})`,
    });
    await tx.execute(sql`select request_sign_in_mail(${request.id}::uuid, ${request.address})`);
  });
}

const open = and(isNull(verificationTokens.consumedAt), gt(verificationTokens.expires, sql`now()`));

/** A request that still can be used, or null. */
export async function findOpenSignInRequest(
  database: Database,
  id: string,
  codeAttempts: number,
): Promise<SignInRequestRow | null> {
  const [row] = await database
    .select()
    .from(verificationTokens)
    .where(and(eq(verificationTokens.id, id), open, lt(verificationTokens.codeAttempts, codeAttempts)));
  return row ?? null;
}

interface SignInProofHashes {
  nonceHash: string | null;
  codeHash: string | null;
}

interface ConsumeSignInRequest extends SignInProofHashes {
  address: string;
  tokenHash: string;
  codeAttempts: number;
}

interface Consumed {
  accepted: boolean;
  row: SignInRequestRow;
}

/**
 * Consumes a request where nonce or code fit; counts a wrong code. One statement, so that of two at once one finds
 * it spent, and no number of parallel guesses exceeds the tries. Null where there is nothing to consume.
 */
export async function consumeSignInRequest(
  database: Database,
  input: ConsumeSignInRequest,
): Promise<Consumed | null> {
  const fits = sql`(coalesce(nonce_hash = ${input.nonceHash}::text, false) or coalesce(code_hash = ${input.codeHash}::text, false))`;
  const guessed = input.codeHash === null ? 0 : 1;
  const [row] = await database
    .update(verificationTokens)
    .set({
      consumedAt: sql`case when ${fits} then now() end`,
      codeAttempts: sql`code_attempts + case when ${fits} then 0 else ${guessed}::int end`,
    })
    .where(
      and(
        eq(verificationTokens.identifier, input.address),
        eq(verificationTokens.token, input.tokenHash),
        open,
        lt(verificationTokens.codeAttempts, input.codeAttempts),
      ),
    )
    .returning();
  return row ? { accepted: row.consumedAt !== null, row } : null;
}

/** Deletes requests that ended more than a day ago and sessions that are over. Returns how many rows went. */
export async function deleteEndedSignIns(tx: Tx): Promise<number> {
  const requests = await tx.execute(
    sql`delete from verification_tokens where expires < now() - interval '1 day' returning id`,
  );
  const sessions = await tx.execute(
    sql`delete from sessions where expires < now() or expires_absolutely < now() returning user_id`,
  );
  await tx.execute(sql`delete from rate_limits where expire < extract(epoch from now()) * 1000 - 3600000`);
  return requests.length + sessions.length;
}
