import {
  exportPayDates,
  exportPayGroupMembers,
  exportPayGroups,
} from "@/lib/domain/export/export-pay-groups";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/company/pay-groups/export";

/** Pay groups, their people, or their pay dates. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, search, wish }) => {
    if (search["rows"] === "people") return exportPayGroupMembers(ctx, {}, wish);
    return search["rows"] === "dates" ? exportPayDates(ctx, {}, wish) : exportPayGroups(ctx, wish);
  }),
);
