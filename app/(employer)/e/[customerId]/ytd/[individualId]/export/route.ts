import { filterOf, readDrillAddress, readYtdAddress } from "@/components/ytd/ytd-url";
import { exportYtdPerson } from "@/lib/domain/export/export-ytd-person";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/ytd/[individualId]/export";

/** The lines behind one figure of a person. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, params, search, wish }) => {
    const query = filterOf(readYtdAddress(search));
    const individualId = params["individualId"] ?? "";
    return exportYtdPerson(ctx, { individualId, query, ...readDrillAddress(search) }, wish);
  }),
);
