import { renderPayslip } from "@/components/payslip/pdf/render-payslip";
import { exportPayStatement } from "@/lib/domain/payroll/statements/export-pay-statement";
import { employerContext } from "@/lib/web/context";
import { pdfHead, pdfResponse, requireOwnSite } from "@/lib/web/download";
import { route } from "@/lib/web/route";

/** A pay statement as a PDF, of the same view as its page. */
export const GET = route(
  { route: "/e/[customerId]/payroll/[paymentId]/[statementId]/pdf" },
  async ({ request, params }) => {
    requireOwnSite(request);
    const { customerId = "", paymentId = "", statementId = "" } = params;
    const ctx = await employerContext(customerId, { permission: "payroll:export" });
    if (request.method === "HEAD") return pdfHead();
    const { view, fileName } = await exportPayStatement(ctx, { paymentId, statementId });
    return pdfResponse(await renderPayslip(view), fileName);
  },
);
