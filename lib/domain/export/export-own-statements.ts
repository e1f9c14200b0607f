import { z } from "zod";
import { readToday } from "@/db/repositories/customers-clock";
import { listOwnAwaitedPay } from "@/db/repositories/pay-statements";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { readStatements, type StatementRowView } from "@/lib/domain/payroll/statements/read-statements";
import { toDecimal, yesNo } from "./cells";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportColumn, type ExportWish } from "./table";

const ExportOwnStatementsInput = z.strictObject({ year: z.int().min(0).max(9999).optional() });
export type ExportOwnStatementsInput = z.input<typeof ExportOwnStatementsInput>;

/**
 * The own pay statements of the year that the page shows, of the pair of the context, whatever is passed in.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED
 */
export async function exportOwnStatements(
  context: Context,
  raw: ExportOwnStatementsInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const { year } = ExportOwnStatementsInput.parse(raw);
  const { individualId, customerId } = requireCustomer(context).scope;
  return runExport<StatementRowView>(context, wish, {
    permissions: ["self:read"],
    action: "payroll.export",
    ...(individualId ? { target: { type: "individuals", id: individualId } } : {}),
    async open(tx, ctx) {
      if (!individualId) throw notFound("pay statements");
      const view = await readStatements(tx, ctx, individualId, year);
      const awaited = await listOwnAwaitedPay(tx, await readToday(tx, customerId));
      return {
        selection: selectionOf.fixed("own_statements"),
        slug: "my-pay",
        title: "My pay statements",
        customerName: view.customerName,
        timeZone: view.timeZone,
        now: view.now,
        head: [
          ["Definition", "Your pay statements as the provider gives them"],
          [
            "Period",
            view.year === null ? "none" : view.year === 0 ? "without a pay date" : String(view.year),
          ],
          ...(view.sums ? [["As of", view.sums.through] as const] : []),
          ...(awaited.length > 0
            ? [["May be missing", awaited.map((day) => day ?? "without a pay date").join(", ")] as const]
            : []),
        ],
        filter: [],
        sources: [{ providerName: view.provider, asOf: view.asOf }],
        visible: [],
        count: view.rows.length,
        columns: ownColumns,
        identify: null,
        batches: () => oneRun(view.rows),
      };
    },
  });
}

const amount = ({ amountCents, currency }: StatementRowView["gross"]) =>
  amountCents === null ? null : { number: toDecimal(amountCents, currency) };
const currency = ({ amountCents, currency: name }: StatementRowView["gross"]) =>
  amountCents === null ? null : name?.toUpperCase() || "(not given)";

const ownColumns: readonly ExportColumn<StatementRowView>[] = [
  { title: "Pay date", cell: ({ payDate }) => payDate },
  { title: "Period start", cell: ({ periodStart }) => periodStart },
  { title: "Period end", cell: ({ periodEnd }) => periodEnd },
  { title: "Type", cell: ({ type }) => type },
  { title: "Payment method", cell: ({ paymentMethod }) => paymentMethod },
  { title: "Currency", cell: ({ gross }) => currency(gross) },
  { title: "Gross", cell: ({ gross }) => amount(gross) },
  { title: "Currency of net", cell: ({ net }) => currency(net) },
  { title: "Net", cell: ({ net }) => amount(net) },
  { title: "Scheduled", cell: ({ isScheduled }) => yesNo(isScheduled) },
  { title: "Adds up", cell: ({ isOff }) => yesNo(!isOff) },
];
