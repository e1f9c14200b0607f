import { z } from "zod";
import { takeAuthChallenge, type ChallengeOwner } from "@/db/repositories/auth-challenges";
import { inIdentity } from "./identity";

const Kept = z.object({ challenge: z.string() });

/** The challenge that this browser was given, used up by asking; null where it is over, used or another's. */
export async function takeChallenge(id: string, owner: ChallengeOwner): Promise<string | null> {
  // A transaction of its own: whatever comes of the answer, there is no second one to this challenge.
  const kept = Kept.safeParse(await inIdentity((tx) => takeAuthChallenge(tx, id, owner)));
  return kept.success ? kept.data.challenge : null;
}
