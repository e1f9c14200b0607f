import { z } from "zod";
import { inScope } from "@/db/client";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { readStatements, type StatementsView } from "./read-statements";

const ListPayStatementsInput = z.strictObject({
  individualId: z.uuid(),
  /** Of the pay date; 0 asks for undated ones. */
  year: z.int().min(0).max(9999).optional(),
});
type ListPayStatementsInput = z.infer<typeof ListPayStatementsInput>;

/**
 * A person's pay statements of a year, newest first, with the year's sums up to today. Amounts are minor units.
 * @throws DomainError FORBIDDEN; NOT_FOUND also for another employer's person
 */
export async function listPayStatements(ctx: Context, raw: ListPayStatementsInput): Promise<StatementsView> {
  requirePermission(ctx, "payroll:read");
  const input = ListPayStatementsInput.safeParse(raw);
  if (!input.success) throw notFound("person");
  const { individualId, year } = input.data;
  return inScope(ctx, (tx) => readStatements(tx, ctx, individualId, year), { readOnly: true });
}
