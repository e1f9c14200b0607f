import { filterOf, readAuditAddress } from "@/components/audit/audit-url";
import { exportAudit } from "@/lib/domain/audit/export-audit";
import { employerContext } from "@/lib/web/context";
import { csvHead, csvResponse, requireOwnSite } from "@/lib/web/download";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/audit/export";

/** The audit as a CSV file, with the filters of the page's address. */
export const GET = route({ route: pattern }, async ({ request, params }) => {
  requireOwnSite(request);
  const ctx = await employerContext(params["customerId"] ?? "", { permission: "audit:read" });
  if (request.method === "HEAD") return csvHead();
  const address = readAuditAddress(Object.fromEntries(new URL(request.url).searchParams));
  return csvResponse(await exportAudit(ctx, filterOf(address)), pattern);
});
