import type { z } from "zod";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { PayItemsQuery } from "@/lib/domain/payroll/items/items-query";
import { chooseSource, readItems } from "@/lib/domain/payroll/items/list-pay-items";
import type { ClassificationView, PayItemView } from "@/lib/domain/payroll/items/views";
import { payCategoryLabels } from "@/lib/format/pay-types";
import { numberCell, yesNo } from "./cells";
import { placed, readPlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportColumn, type ExportWish } from "./table";

const ExportPayItemsInput = PayItemsQuery.omit({ page: true });
export type ExportPayItemsInput = z.input<typeof ExportPayItemsInput>;

/** More distinct names than any provider was seen to have. */
const mostItems = 20_000;

/**
 * The pay items of a connection that the page's filter shows, with Finch's types and the employer's own.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, connection), RATE_LIMITED
 */
export function exportPayItems(
  context: Context,
  raw: ExportPayItemsInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const query = ExportPayItemsInput.parse(raw);
  return runExport<PayItemView>(context, wish, {
    permissions: ["payroll:read", "payroll:export"],
    action: "payroll.export",
    async open(tx, ctx) {
      const place = await readPlace(tx, ctx, "payroll:read");
      const source = chooseSource(place.sources, query.connectionId);
      if (!source) throw notFound("connection");
      const found = await readItems(
        tx,
        place.customerId,
        source,
        { ...query, page: 1, size: mostItems },
        place.today,
      );
      return {
        ...placed(place, [source]),
        selection: selectionOf.payItems(source.id, query),
        slug: "pay-items",
        title: "Pay items",
        head: [
          ["Definition", "Distinct names of pay lines of one connection, with Finch's type and your own"],
          ["As of", `${place.today}: own types that hold on that day`],
          ["Completeness", `${found.open} of ${found.all} items have no type that says what they are`],
        ],
        filter: [
          ...(query.category ? [payCategoryLabels[query.category]] : []),
          ...(query.state
            ? [query.state === "open" ? "without a type that says something" : "with a type"]
            : []),
        ],
        search: query.search,
        count: found.items.length,
        columns: itemColumns,
        identify: ({ category, name, finchType }) => ({
          key: JSON.stringify([category, name, finchType]),
          connectionId: source.id,
          individualId: null,
        }),
        batches: () => oneRun(found.items),
      };
    },
  });
}

const daysOf = ({ effectiveFrom: from, effectiveTo: to }: ClassificationView) =>
  `${from ?? "the beginning"} to ${to ?? "further notice"}`;

const itemColumns: readonly ExportColumn<PayItemView>[] = [
  { title: "Category", cell: ({ category }) => payCategoryLabels[category] },
  { title: "Name", cell: ({ name }) => name },
  { title: "Type at Finch", cell: ({ finchType, finchLabel }) => finchLabel ?? finchType },
  { title: "Own type", cell: ({ current }) => current?.mappedLabel ?? null },
  { title: "Own type holds", cell: ({ current }) => current && daysOf(current) },
  { title: "Note", cell: ({ current }) => current?.note ?? null },
  {
    title: "Own types of other dates",
    cell: ({ others }) =>
      others
        .filter(({ removedAt }) => removedAt === null)
        .map((each) => `${each.mappedLabel}, ${daysOf(each)}`)
        .join("; ") || null,
  },
  { title: "Pre-tax", cell: ({ flags }) => flags.join("; ") || null },
  { title: "Lines", cell: ({ lines }) => numberCell(lines) },
  { title: "First pay date", cell: ({ firstSeen }) => firstSeen },
  { title: "Last pay date", cell: ({ lastSeen }) => lastSeen },
  { title: "Next scheduled pay date", cell: ({ nextSeen }) => nextSeen },
  { title: "Has a type that says something", cell: ({ classified }) => yesNo(classified) },
  { title: "In box 1", cell: ({ effects }) => effects.map((each) => each.replaceAll("_", " ")).join("; ") },
];
