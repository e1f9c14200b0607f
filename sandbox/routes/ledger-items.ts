import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok, type BearerCall } from "@/sandbox/call";
import { toItemBody } from "@/sandbox/errors";
import { dateOf } from "@/sandbox/payroll/calendar";
import { paymentNotFound } from "@/sandbox/payroll/edits";
import { ledgerOf } from "@/sandbox/payroll/ledger";
import { currency } from "@/sandbox/payroll/statement";
import { PayrollView } from "@/sandbox/payroll/view";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

/** Finch gives no number; each is the sum of all statements of a payment. */
const maxPayments = 1_000;

const Batch = z.object({
  requests: z
    .array(
      z.object({
        payment_id: z.guid(),
        offset: z.int().min(0).optional(),
        limit: z.int().min(1).optional(),
      }),
    )
    .max(maxPayments),
});
type Page = z.infer<typeof Batch>["requests"][number];

function toItem({ caller }: BearerCall, view: PayrollView, { payment_id: id, offset = 0, limit }: Page) {
  const entry = view.entry(id);
  if (!entry) {
    const error = paymentNotFound(id);
    return { payment_id: id, code: error.status, body: toItemBody(error) };
  }
  const entries = ledgerOf(view, entry);
  const debit = entries.reduce((sum, row) => sum + row.debit.amount, 0);
  const credit = entries.reduce((sum, row) => sum + row.credit.amount, 0);
  const shared = entries[0]?.debit.currency ?? currency;
  const body = {
    // A provider with everything keeps a ledger of its own; for the others Finch adds up statements.
    source: caller.provider.profile === "full_automated" ? "direct" : "synthesized",
    provider_description: null,
    pay_date: view.payDateOf(entry) ?? dateOf(view.today),
    totals: {
      debit: { amount: debit, currency: shared },
      credit: { amount: credit, currency: shared },
      balanced: debit === credit,
    },
    paging: { count: entries.length, offset },
    ledger_items: entries.slice(offset, limit === undefined ? undefined : offset + limit),
  };
  return { payment_id: id, code: 200, body };
}

/**
 * The ledger entries of payments, each with a page of its own (Finch: Ledger Items). Amounts are cents.
 * Finch names no product for it; it reads payments, so it needs `payment`. Unknown payments are items
 * with 404 payment_not_found.
 */
const read = bearer<Result<"POST /employer/ledger-items">>((call) => {
  const { requests } = parseInput(Batch, call.body);
  const pending = checkData(call.caller, "payment");
  if (pending) return { status: 202, body: pending };
  const { connection, entity } = call.caller;
  const view = new PayrollView(call.world, connection, entity, "published");
  return ok({ responses: requests.map((page) => toItem(call, view, page)) });
});

export const ledgerRoutes = { "POST /employer/ledger-items": read } satisfies Routes;
