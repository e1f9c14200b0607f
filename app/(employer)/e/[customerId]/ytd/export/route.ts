import { readYtdAddress } from "@/components/ytd/ytd-url";
import { exportYtd, exportYtdLines } from "@/lib/domain/export/export-ytd";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/ytd/export";

/** Year-to-date wages by person, or the lines behind them. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, search, wish }) => {
    const {
      after: _after,
      before: _before,
      position: _position,
      columns: _columns,
      ...query
    } = readYtdAddress(search);
    return (search["rows"] === "lines" ? exportYtdLines : exportYtd)(ctx, query, wish);
  }),
);
