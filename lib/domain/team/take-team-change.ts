import { takeLimit } from "@/lib/domain/limits";
import type { Context } from "@/lib/domain/context";

/**
 * Takes one of a person's changes of roles in an hour: each one mails somebody. The system has no limit.
 * @throws DomainError RATE_LIMITED
 */
export async function takeTeamChange({ actor }: Context): Promise<void> {
  if (actor.kind === "user") await takeLimit("team", actor.userId);
}
