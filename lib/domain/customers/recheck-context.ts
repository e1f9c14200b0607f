import { inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { requireCustomer, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { employerContextOf, selfContextOf } from "@/lib/domain/users/grants";

/**
 * Makes sure, in work that outlives the check at its start, that the person still holds every right of the
 * context for every connection of it. Rights gained since are not added.
 * @throws DomainError FORBIDDEN where anything was taken away
 */
export async function recheckContext(ctx: CustomerContext): Promise<CustomerContext> {
  const { actor, scope, permissions } = ctx;
  if (actor.kind !== "user") return ctx;
  const grants = await inSystem((tx) => listGrants(tx, actor.userId));
  const person = { id: actor.userId, email: actor.email, name: actor.name };
  const now = scope.individualId
    ? (selfContextOf(person, grants, scope.individualId)?.ctx ?? null)
    : employerContextOf(person, grants, scope.customerId);
  const kept = now !== null && [...permissions].every((permission) => now.permissions.has(permission));
  if (!kept || !covers(requireCustomer(now).scope.connectionIds, scope.connectionIds))
    throw new DomainError("FORBIDDEN", "Your role at this employer changed.");
  return ctx;
}

function covers(now: "all" | readonly string[], before: "all" | readonly string[]): boolean {
  if (now === "all") return true;
  return before !== "all" && before.every((id) => now.includes(id));
}
