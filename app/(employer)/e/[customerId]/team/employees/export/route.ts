import { readEmployeesAddress } from "@/components/invite/employees-url";
import { exportEmployees } from "@/lib/domain/export/export-employees";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/team/employees/export";

/** Employees with access to their own pages. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "employee:invite", ({ ctx, search, wish }) => {
    const { after: _after, before: _before, ...query } = readEmployeesAddress(search);
    return exportEmployees(ctx, query, wish);
  }),
);
