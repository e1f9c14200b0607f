import { z } from "zod";
import { renderPayslip } from "@/components/payslip/pdf/render-payslip";
import { exportOwnPayStatement } from "@/lib/domain/payroll/statements/export-pay-statement";
import { selfContext } from "@/lib/web/context";
import { pdfHead, pdfResponse, requireOwnSite } from "@/lib/web/download";
import { route } from "@/lib/web/route";

/** `as`: which of one's own persons, where there are several. */
const schema = z.strictObject({ as: z.uuid().optional() });

/** One's own pay statement as a PDF. */
export const GET = route(
  { route: "/me/pay/[statementId]/pdf", schema },
  async ({ request, params, input }) => {
    requireOwnSite(request);
    const { ctx } = await selfContext(input.as);
    if (request.method === "HEAD") return pdfHead();
    const { view, fileName } = await exportOwnPayStatement(ctx, { statementId: params["statementId"] ?? "" });
    return pdfResponse(await renderPayslip(view), fileName);
  },
);
