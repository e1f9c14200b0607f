import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok, type BearerCall } from "@/sandbox/call";
import { batchLimitExceeded, pageSizeLimitExceeded, toItemBody, type FinchError } from "@/sandbox/errors";
import { paymentNotFound } from "@/sandbox/payroll/edits";
import { takeHold } from "@/sandbox/payroll/holds";
import { Labels, rulesOf } from "@/sandbox/payroll/rules";
import { PayrollView } from "@/sandbox/payroll/view";
import { withoutUnsupported } from "@/sandbox/providers";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const maxPayments = 10;
const maxLimit = 5_000;
const defaultLimit = 100;

const Batch = z.object({
  requests: z
    .array(
      z.object({
        payment_id: z.guid(),
        limit: z.int().min(0).optional(),
        offset: z.int().min(0).optional(),
      }),
    )
    .min(1),
});
type Page = z.infer<typeof Batch>["requests"][number];

type Item = Finch.HRIS.PayStatementResponse;

function toItem(call: BearerCall, view: PayrollView, page: Page): Item {
  const { world, caller } = call;
  const { payment_id: id, limit = defaultLimit, offset = 0 } = page;
  const error = (failure: FinchError): Item => ({
    payment_id: id,
    code: failure.status,
    body: toItemBody(failure),
  });
  const entry = view.entry(id);
  if (!entry) return error(paymentNotFound(id));
  const hold = takeHold(world, caller.connection, id, offset);
  if (hold) return "status" in hold ? error(hold) : { payment_id: id, code: 202, body: hold };
  const { count, statements } = view.pageOf(entry, offset, limit);
  const labels = new Labels(rulesOf(world, caller.connection, caller.entity), view.payDateOf(entry));
  const shown = statements.map((statement) =>
    withoutUnsupported(caller.provider, "pay_statement", labels.attach(statement)),
  );
  return { payment_id: id, code: 200, body: { paging: { count, offset }, pay_statements: shown } };
}

/**
 * The statements of up to 10 payments, each with a page of its own (Finch: Pay Statement). Amounts are
 * cents. Errors: 422 batch_limit_exceeded, page_size_limit_exceeded above 5,000; unknown payments are
 * items with 404 payment_not_found, those still being fetched items with 202.
 */
const read = bearer<Result<"POST /employer/pay-statement">>((call) => {
  const { requests } = parseInput(Batch, call.body);
  if (requests.length > maxPayments) throw batchLimitExceeded(maxPayments);
  if (requests.some(({ limit = 0 }) => limit > maxLimit)) throw pageSizeLimitExceeded(maxLimit);
  const pending = checkData(call.caller, "pay_statement");
  if (pending) return { status: 202, body: pending };
  const { connection, entity } = call.caller;
  const view = new PayrollView(call.world, connection, entity, "published");
  return ok({ responses: requests.map((page) => toItem(call, view, page)) });
});

export const payStatementRoutes = { "POST /employer/pay-statement": read } satisfies Routes;
