import { exportBox1Rules } from "@/lib/domain/export/export-rules";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/ytd/box-1/export";

/** The rules of the box 1 estimate. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, wish }) => exportBox1Rules(ctx, wish)),
);
