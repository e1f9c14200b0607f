import { inSystem } from "@/db/client";
import { deleteEndedSignIns } from "@/db/repositories/sign-in-requests";

/** Deletes requests to sign in, sessions and counters that are over, as the worker. Returns how many went. */
export async function endSignIns(): Promise<number> {
  return inSystem(deleteEndedSignIns);
}
