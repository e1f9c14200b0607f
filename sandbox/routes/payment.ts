import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok } from "@/sandbox/call";
import { invalidRequest } from "@/sandbox/errors";
import { payrollOf } from "@/sandbox/payroll";
import { withoutUnsupported } from "@/sandbox/providers";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const Dates = z.object({ start_date: z.iso.date(), end_date: z.iso.date() });

/**
 * The payments of a company by pay date, both dates included, up to the next run (Finch: Payment).
 * Amounts are cents. Errors: 400 where a date is missing or is none.
 */
const list = bearer<Result<"GET /employer/payment">>(({ world, caller, query }) => {
  const { start_date: from, end_date: to } = parseInput(Dates, Object.fromEntries(query));
  if (from > to) throw invalidRequest("Invalid request: end_date must not be before start_date");
  const pending = checkData(caller, "payment");
  if (pending) return { status: 202, body: pending };
  const payroll = payrollOf(world, caller.connection, caller.entity, "published");
  const payments: Finch.HRIS.Payment[] = payroll.payments(from, to);
  return ok(payments.map((payment) => withoutUnsupported(caller.provider, "payment", payment)));
});

export const paymentRoutes = { "GET /employer/payment": list } satisfies Routes;
