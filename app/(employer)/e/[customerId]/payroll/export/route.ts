import { readPaymentsAddress } from "@/components/payroll/payments-url";
import { exportPayments, exportPaymentsStatements } from "@/lib/domain/export/export-payments";
import { employerContext } from "@/lib/web/context";
import { requireOwnSite, tableHead, tableResponse } from "@/lib/web/download";
import { readExportWish } from "@/lib/web/export-wish";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/payroll/export";

/** Payments, or all of their statements, as a file with the filters and order of the page's address. */
export const GET = route({ route: pattern }, async ({ request, params }) => {
  requireOwnSite(request);
  const ctx = await employerContext(params["customerId"] ?? "", { permission: "payroll:export" });
  const search = new URL(request.url).searchParams;
  const wish = readExportWish(search);
  if (request.method === "HEAD") return tableHead(wish);
  const { after: _after, before: _before, ...query } = readPaymentsAddress(Object.fromEntries(search));
  const verb = search.get("rows") === "statements" ? exportPaymentsStatements : exportPayments;
  return tableResponse(await verb(ctx, query, wish), pattern);
});
