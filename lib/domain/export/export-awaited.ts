import { z } from "zod";
import { countAwaited, listAwaited, type AwaitedPersonRow } from "@/db/repositories/payroll-payment-checks";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { toAwaited, type AwaitedPersonView } from "@/lib/domain/payroll/payments/list-awaited-statements";
import { loadPayment } from "@/lib/domain/payroll/payments/load-payment";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { runsOf, type ExportColumn, type ExportWish } from "./table";

const ExportAwaitedInput = z.strictObject({
  paymentId: z.uuid(),
  search: z.string().max(200).default(""),
});
export type ExportAwaitedInput = z.input<typeof ExportAwaitedInput>;

const batchSize = 1_000;

/**
 * Whom Finch names on a payment and of whom no statement is here.
 * @throws DomainError FORBIDDEN, NOT_FOUND (payment), RATE_LIMITED
 */
export async function exportAwaitedStatements(
  context: Context,
  raw: ExportAwaitedInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const parsed = ExportAwaitedInput.safeParse(raw);
  if (!parsed.success) throw notFound("payment");
  const { paymentId } = parsed.data;
  return runExport<AwaitedPersonView>(context, wish, {
    permissions: ["payroll:read", "payroll:export"],
    action: "payroll.export",
    target: { type: "payments", id: paymentId },
    async open(tx, ctx) {
      const { payment, customerName, timeZone, now, today, source } = await loadPayment(tx, ctx, paymentId);
      const { customerId } = ctx.scope;
      const mayName = can(ctx, "individual:read", { connectionId: source.id });
      const search = mayName ? parsed.data.search : "";
      const filter = { paymentId, words: searchWords(search) };
      const read = (last: AwaitedPersonRow | null, limit: number) =>
        listAwaited(tx, customerId, filter, {
          after: last?.finchIndividualId ?? null,
          limit,
          byName: mayName,
        });
      return {
        selection: selectionOf.awaited(paymentId, search),
        slug: "missing-statements",
        title: "People without a statement",
        customerName,
        timeZone,
        now,
        head: [
          [
            "Definition",
            `People whom the provider names on the payment, without a statement here (${payment.state})`,
          ],
          ["Payment", `paid ${payment.payDate ?? "on an unknown day"}`],
          ["As of", today],
        ],
        filter: [],
        search,
        sources: [source],
        visible: [source.id],
        count: await countAwaited(tx, customerId, filter),
        columns: awaitedColumns,
        identify: (row) => ({
          key: row.finchIndividualId,
          connectionId: source.id,
          individualId: row.individualId,
        }),
        async *batches() {
          for await (const rows of runsOf(batchSize, read)) yield rows.map((row) => toAwaited(row, mayName));
        },
      };
    },
  });
}

const awaitedColumns: readonly ExportColumn<AwaitedPersonView>[] = [
  {
    title: "Name",
    cell: ({ name, hidden }) => (hidden ? "(no access)" : name),
  },
  {
    title: "In the directory",
    cell: ({ individualId, hidden }) => (hidden ? null : individualId ? "yes" : "no"),
  },
  { title: "Person id", cell: ({ individualId }) => individualId },
  { title: "Finch id", cell: ({ finchIndividualId }) => finchIndividualId },
];
