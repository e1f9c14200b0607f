import { z } from "zod";
import { inScope } from "@/db/client";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { readStatements, type StatementsView } from "./read-statements";

const ListOwnPayStatementsInput = z.strictObject({ year: z.int().min(0).max(9999).optional() });
type ListOwnPayStatementsInput = z.infer<typeof ListOwnPayStatementsInput>;

/**
 * The pay statements of the employee who asks, with the own year: of the pair of the context, whatever is passed in.
 * @throws DomainError FORBIDDEN; NOT_FOUND where the employer disconnected or the person left the mirror
 */
export async function listOwnPayStatements(
  ctx: Context,
  raw: ListOwnPayStatementsInput,
): Promise<StatementsView> {
  requirePermission(ctx, "self:read");
  const { year } = ListOwnPayStatementsInput.parse(raw);
  const { individualId } = requireCustomer(ctx).scope;
  if (!individualId) throw notFound("pay statements");
  return inScope(ctx, (tx) => readStatements(tx, ctx, individualId, year), { readOnly: true });
}
