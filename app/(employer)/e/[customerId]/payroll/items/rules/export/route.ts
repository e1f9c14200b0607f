import { readItemsAddress } from "@/components/items/items-url";
import { exportItemRules } from "@/lib/domain/export/export-item-rules";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/payroll/items/rules/export";

/** Finch's rules on the pay items of a connection. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, search, wish }) =>
    exportItemRules(ctx, { connectionId: readItemsAddress(search).connectionId }, wish),
  ),
);
