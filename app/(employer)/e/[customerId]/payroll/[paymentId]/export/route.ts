import { readStatementsAddress } from "@/components/payroll/statements-url";
import { exportStatements } from "@/lib/domain/export/export-statements";
import { employerContext } from "@/lib/web/context";
import { requireOwnSite, tableHead, tableResponse } from "@/lib/web/download";
import { readExportWish } from "@/lib/web/export-wish";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/payroll/[paymentId]/export";

/** The statements of a payment as a file, with the filters and order of the page's address. */
export const GET = route({ route: pattern }, async ({ request, params }) => {
  requireOwnSite(request);
  const ctx = await employerContext(params["customerId"] ?? "", { permission: "payroll:export" });
  const search = new URL(request.url).searchParams;
  const wish = readExportWish(search);
  if (request.method === "HEAD") return tableHead(wish);
  const {
    after: _after,
    before: _before,
    position: _position,
    ...query
  } = readStatementsAddress(Object.fromEntries(search)).query;
  const input = { ...query, paymentId: params["paymentId"] ?? "" };
  return tableResponse(await exportStatements(ctx, input, wish), pattern);
});
