import { exportLimits } from "@/lib/domain/export/export-rules";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/ytd/limits/export";

/** Yearly limits. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, wish }) => exportLimits(ctx, wish)),
);
