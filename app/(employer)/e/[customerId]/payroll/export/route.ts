import { readPaymentsAddress } from "@/components/payroll/payments-url";
import { exportPayments, exportPaymentsStatements } from "@/lib/domain/export/export-payments";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/payroll/export";

/** Payments, or all of their statements. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, search, wish }) => {
    const { after: _after, before: _before, ...query } = readPaymentsAddress(search);
    const verb = search["rows"] === "statements" ? exportPaymentsStatements : exportPayments;
    return verb(ctx, query, wish);
  }),
);
