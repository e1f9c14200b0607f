import { filterOf, readAuditAddress } from "@/components/audit/audit-url";
import { atAuditOf } from "@/lib/domain/audit/audit-place";
import { exportAudit } from "@/lib/domain/audit/export-audit";
import { platformContext } from "@/lib/web/context";
import { csvHead, csvResponse, requireOwnSite } from "@/lib/web/download";
import { route } from "@/lib/web/route";

const pattern = "/admin/audit/export";

/** The platform's audit, or one employer's without details, as a CSV file with the page's filters. */
export const GET = route({ route: pattern }, async ({ request }) => {
  requireOwnSite(request);
  const ctx = await platformContext({ permission: "platform:audit" });
  if (request.method === "HEAD") return csvHead();
  const address = readAuditAddress(Object.fromEntries(new URL(request.url).searchParams));
  return csvResponse(await exportAudit(atAuditOf(ctx, address.employer), filterOf(address)), pattern);
});
