import type { z } from "zod";
import {
  countEmployeeAccess,
  listEmployeeAccess,
  type EmployeeAccessRow,
} from "@/db/repositories/employee-access";
import type { Context } from "@/lib/domain/context";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import {
  ListEmployeesInput,
  toEmployeeViews,
  type EmployeeView,
} from "@/lib/domain/invitations/list-employees";
import { placed, readPlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { runsOf, type ExportColumn, type ExportWish } from "./table";

const ExportEmployeesInput = ListEmployeesInput.omit({ after: true, before: true });
export type ExportEmployeesInput = z.input<typeof ExportEmployeesInput>;

const batchSize = 500;

/**
 * Employees with access to their own pages and those invited to it, as the page's filter shows them, newest first.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportEmployees(
  context: Context,
  raw: ExportEmployeesInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const { search, state } = ExportEmployeesInput.parse(raw);
  return runExport<EmployeeView>(context, wish, {
    permissions: ["employee:invite", "individual:read", "payroll:export"],
    action: "payroll.export",
    async open(tx, ctx) {
      const place = await readPlace(tx, ctx, "individual:read");
      const { customerId, connectionIds } = ctx.scope;
      const visible = place.sources.map(({ id }) => id);
      const filter = { customerId, connectionIds, visible, words: searchWords(search), state };
      const counts = await countEmployeeAccess(tx, filter);
      const read = (last: EmployeeAccessRow | null, limit: number) =>
        listEmployeeAccess(tx, filter, { from: last && [last.position, last.id], backwards: false, limit });
      return {
        ...placed(place, place.sources),
        selection: selectionOf.fixed("employees"),
        slug: "employees-with-access",
        title: "Employees with access",
        head: [
          ["Definition", "Accounts that see the own pages of one person each, and invitations to that"],
          ["As of", place.today],
        ],
        filter: state ? [state] : [],
        search,
        count: state ? counts[state] : counts.active + counts.invited + counts.expired,
        columns: employeeColumns,
        identify: null,
        async *batches() {
          for await (const rows of runsOf(batchSize, read)) yield toEmployeeViews(tx, rows);
        },
      };
    },
  });
}

const employeeColumns: readonly ExportColumn<EmployeeView>[] = [
  { title: "Name", cell: ({ name }) => name },
  { title: "Address", cell: ({ email }) => email },
  { title: "State", cell: ({ state }) => state },
  { title: "Since (UTC)", cell: ({ at }) => at.toISOString() },
  { title: "By", cell: ({ by }) => by },
  { title: "Invitation ends (UTC)", cell: ({ expiresAt }) => expiresAt?.toISOString() ?? null },
  { title: "Person id", cell: ({ individualId }) => individualId },
];
