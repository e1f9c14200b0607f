import { readPayGroupAddress } from "@/components/pay-groups/pay-group-url";
import { exportPayDates, exportPayGroupMembers } from "@/lib/domain/export/export-pay-groups";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/company/pay-groups/[payGroupId]/export";

/** The people of a pay group, or its pay dates. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, params, search, wish }) => {
    const id = params["payGroupId"] ?? "";
    if (search["rows"] === "dates") return exportPayDates(ctx, { id }, wish);
    return exportPayGroupMembers(ctx, { id, search: readPayGroupAddress(search).search }, wish);
  }),
);
