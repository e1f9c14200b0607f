import { readStatementsAddress } from "@/components/payroll/statements-url";
import { exportAwaitedStatements } from "@/lib/domain/export/export-awaited";
import { exportStatements } from "@/lib/domain/export/export-statements";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/payroll/[paymentId]/export";

/** The statements of a payment, or the people of whom none is here. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:read", ({ ctx, params, search, wish }) => {
    const { query: address, show } = readStatementsAddress(search);
    const paymentId = params["paymentId"] ?? "";
    if (show === "awaited") return exportAwaitedStatements(ctx, { paymentId, search: address.search }, wish);
    const { after: _after, before: _before, position: _position, ...query } = address;
    return exportStatements(ctx, { ...query, paymentId }, wish);
  }),
);
