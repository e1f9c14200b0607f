import { readItemsAddress } from "@/components/items/items-url";
import { exportPayItems } from "@/lib/domain/export/export-pay-items";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/payroll/items/export";

/** Pay items of a connection. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, search, wish }) => {
    const { page: _page, ...query } = readItemsAddress(search);
    return exportPayItems(ctx, query, wish);
  }),
);
