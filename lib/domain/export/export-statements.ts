import type { z } from "zod";
import { countStatements } from "@/db/repositories/payroll-statements";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toStatementFilter } from "@/lib/domain/payroll/payments/list-statements";
import { loadPayment } from "@/lib/domain/payroll/payments/load-payment";
import { StatementsQuery } from "@/lib/domain/payroll/payments/statements-query";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { statementColumns, type StatementExportRow } from "./statement-columns";
import { statementBatches, statementIdentity } from "./statement-rows";
import type { ExportWish, HeadLine } from "./table";

const ExportStatementsInput = StatementsQuery.omit({ after: true, before: true, position: true });
export type ExportStatementsInput = z.input<typeof ExportStatementsInput>;

/**
 * The statements of a payment that the page's filter shows, all pages of it, in its order.
 * @throws DomainError FORBIDDEN, NOT_FOUND (payment), RATE_LIMITED
 */
export async function exportStatements(
  context: Context,
  raw: ExportStatementsInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const parsed = ExportStatementsInput.safeParse(raw);
  if (!parsed.success) throw notFound("payment");
  const query = parsed.data;
  const { paymentId, sort, descending, methods, types } = query;
  return runExport<StatementExportRow>(context, wish, {
    permissions: ["payroll:read", "payroll:export"],
    action: "payroll.export",
    target: { type: "payments", id: paymentId },
    async open(tx, ctx) {
      const { customerId } = ctx.scope;
      const loaded = await loadPayment(tx, ctx, paymentId);
      const { payment, customerName, timeZone, now, source } = loaded;
      const mayName = can(ctx, "individual:read", { connectionId: source.id });
      const filter = toStatementFilter(mayName ? query : { ...query, search: "" });
      return {
        selection: selectionOf.paymentStatements(paymentId, query),
        slug: "payment",
        title: "Pay statements",
        customerName,
        timeZone,
        now,
        head: headOf(loaded),
        filter: [
          ...(methods.length > 0 ? [`payment method ${given(methods)}`] : []),
          ...(types.length > 0 ? [`type ${given(types)}`] : []),
        ],
        search: mayName ? query.search : "",
        sources: [source],
        visible: [source.id],
        count: await countStatements(tx, customerId, filter),
        columns: statementColumns,
        identify: statementIdentity,
        batches: () => statementBatches(tx, customerId, payment, { filter, sort, descending, mayName }),
      };
    },
  });
}

type Loaded = Awaited<ReturnType<typeof loadPayment>>;

const given = (values: readonly (string | null)[]) => values.map((each) => each ?? "not given").join(", ");

function headOf({ payment, today }: Loaded): HeadLine[] {
  const { state, statements, people } = payment;
  return [
    ["Definition", "Statements of one payment as the provider gives them; sums of their lines by kind"],
    ["Payment", `paid ${payment.payDate ?? "on an unknown day"}`],
    ["Period", `${payment.periodStart ?? "unknown"} to ${payment.periodEnd ?? "unknown"}`],
    ["As of", today],
    [
      "Completeness",
      state === "complete"
        ? "Every statement of the payment is here"
        : `Not every statement is here (${state}): ${statements} of ${people ?? "an unknown number of"} people`,
    ],
  ];
}
