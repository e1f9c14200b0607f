import { inScope } from "@/db/client";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { readIndividual, type ProfileView } from "./get-individual";

/**
 * The profile of the employee who asks: the (connection, individual) pair of the
 * context, and nothing else whatever is passed in.
 * @throws DomainError FORBIDDEN; NOT_FOUND where the employer disconnected or the person left the mirror
 */
export async function getOwnIndividual(ctx: Context): Promise<ProfileView> {
  requirePermission(ctx, "self:read");
  const { individualId } = requireCustomer(ctx).scope;
  if (!individualId) throw notFound("profile");
  return inScope(ctx, (tx) => readIndividual(tx, ctx, individualId), { readOnly: true });
}
