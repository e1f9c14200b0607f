import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok } from "@/sandbox/call";
import { payrollOf } from "@/sandbox/payroll";
import type { LineName } from "@/sandbox/payroll/records";
import { metadataFor, rulesOf } from "@/sandbox/payroll/rules";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput, readList } from "@/sandbox/validate";

const Filters = z.object({
  categories: z.array(z.enum(["earnings", "taxes", "employee_deductions", "employer_contributions"])),
  name: z.string().optional(),
  type: z.string().optional(),
  start_date: z.iso.date().optional(),
  end_date: z.iso.date().optional(),
});
type Filters = z.infer<typeof Filters>;

function matches(line: LineName, filters: Filters): boolean {
  const { categories, name, type, start_date: from, end_date: to } = filters;
  const dated = from !== undefined || to !== undefined;
  return (
    (categories.length === 0 || categories.includes(line.category)) &&
    (name === undefined || line.name.toLowerCase().includes(name.toLowerCase())) &&
    (type === undefined || line.type === type) &&
    (!dated || (line.lastSeen !== null && (from ?? "") <= line.lastSeen && line.lastSeen <= (to ?? "9999")))
  );
}

/**
 * The distinct line names of all statements, with what rules say of them (Finch: Pay Statement Item).
 * Dates filter by the last pay date that a name was seen on.
 */
const list = bearer<Result<"GET /employer/pay-statement-item">>(({ world, caller, query }) => {
  const filters = parseInput(Filters, {
    ...Object.fromEntries([...query].filter(([, value]) => value !== "")),
    categories: readList(query, "categories"),
  });
  const pending = checkData(caller, "pay_statement");
  if (pending) return { status: 202, body: pending };
  const { connection, entity } = caller;
  const rules = rulesOf(world, connection, entity);
  const lines = payrollOf(world, connection, entity, "published").lineNames();
  const responses = lines
    .filter((line) => matches(line, filters))
    .map((line): Finch.HRIS.PayStatementItemListResponse => {
      const { name, category, type, preTax, employer, lastSeen } = line;
      return {
        name,
        category,
        attributes: { type, pre_tax: preTax, employer, metadata: metadataFor(rules, line, lastSeen) },
      };
    });
  return ok({ responses });
});

export const payStatementItemRoutes = { "GET /employer/pay-statement-item": list } satisfies Routes;
