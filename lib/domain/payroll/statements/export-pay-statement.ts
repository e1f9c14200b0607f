import { z } from "zod";
import { inScope } from "@/db/client";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { takeLimit } from "@/lib/domain/limits";
import { payslipFileName } from "./payslip-file-name";
import type { PayslipView } from "./payslip-view";
import { readPayslip } from "./read-payslip";

const ExportPayStatementInput = z.strictObject({ paymentId: z.uuid(), statementId: z.uuid() });
type ExportPayStatementInput = z.infer<typeof ExportPayStatementInput>;

export interface PayslipFile {
  view: PayslipView;
  /** Of letters, digits and hyphens. */
  fileName: string;
}

/**
 * A pay statement to be taken along: the page's view, and audited as a file that leaves.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED
 */
export async function exportPayStatement(ctx: Context, raw: ExportPayStatementInput): Promise<PayslipFile> {
  requirePermission(ctx, "payroll:read");
  requirePermission(ctx, "payroll:export");
  const input = ExportPayStatementInput.safeParse(raw);
  if (!input.success) throw notFound("pay statement");
  return takePayslip(ctx, input.data);
}

const ExportOwnPayStatementInput = z.strictObject({ statementId: z.uuid() });
type ExportOwnPayStatementInput = z.infer<typeof ExportOwnPayStatementInput>;

/**
 * An own pay statement to be taken along, of the pair of the context; audited.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED
 */
export async function exportOwnPayStatement(
  ctx: Context,
  raw: ExportOwnPayStatementInput,
): Promise<PayslipFile> {
  requirePermission(ctx, "self:read");
  const input = ExportOwnPayStatementInput.safeParse(raw);
  const { individualId } = requireCustomer(ctx).scope;
  if (!input.success || !individualId) throw notFound("pay statement");
  return takePayslip(ctx, { ...input.data, individualId });
}

interface Asked {
  statementId: string;
  paymentId?: string;
  individualId?: string;
}

async function takePayslip(ctx: Context, { individualId, ...place }: Asked): Promise<PayslipFile> {
  if (ctx.actor.kind === "user") await takeLimit("export", ctx.actor.userId);
  const view = await inScope(ctx, async (tx) => {
    const read = await readPayslip(tx, ctx, place);
    if (individualId !== undefined && read.person.id !== individualId) throw notFound("pay statement");
    const details = { payDate: read.payDate, paymentId: read.paymentId };
    await recordAudit(tx, ctx, "pay_statement.export", { type: "individuals", id: read.person.id }, details);
    return read;
  });
  return { view, fileName: payslipFileName(view) };
}
