import { z } from "zod";
import { listItemRuleRows, type ItemRuleRow } from "@/db/repositories/item-rules";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { readConditions, readLabels } from "@/lib/domain/payroll/item-rules/rule-conditions";
import { chooseSource } from "@/lib/domain/payroll/items/list-pay-items";
import { numberCell } from "./cells";
import { placed, readPlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportColumn, type ExportWish } from "./table";

const ExportItemRulesInput = z.strictObject({ connectionId: z.uuid().nullable().default(null) });

/**
 * Finch's rules on the pay items of one connection, in the order in which they count.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, connection), RATE_LIMITED
 */
export function exportItemRules(
  context: Context,
  raw: z.input<typeof ExportItemRulesInput>,
  wish: ExportWish,
): Promise<ExportFile> {
  const { connectionId } = ExportItemRulesInput.parse(raw);
  return runExport<ItemRuleRow>(context, wish, {
    permissions: ["payroll:read", "payroll:export"],
    action: "payroll.export",
    async open(tx, ctx) {
      const place = await readPlace(tx, ctx, "payroll:read");
      const source = chooseSource(place.sources, connectionId);
      if (!source) throw notFound("connection");
      const rules = await listItemRuleRows(tx, { customerId: place.customerId, connectionId: source.id });
      return {
        ...placed(place, [source]),
        selection: selectionOf.itemRules(source.id),
        slug: "pay-item-rules",
        title: "Rules on pay items",
        head: [
          ["Definition", "Rules at Finch: they give lines labels, and change no amount and no type"],
          ["As of", place.today],
        ],
        filter: [],
        count: rules.length,
        columns: ruleColumns,
        identify: ({ entityId, finchRuleId }) => ({
          key: `${entityId}/${finchRuleId}`,
          connectionId: source.id,
          individualId: null,
        }),
        batches: () => oneRun(rules),
      };
    },
  });
}

const ruleColumns: readonly ExportColumn<ItemRuleRow>[] = [
  {
    title: "For lines whose",
    cell: ({ conditions }) =>
      readConditions(conditions)
        .map(({ field, operator, value }) => `${field ?? "?"} ${operator ?? "?"} ${value ?? "nothing"}`)
        .join(" and ") || "anything",
  },
  {
    title: "Labels",
    cell: ({ attributes }) =>
      Object.entries(readLabels(attributes))
        .map(([key, value]) => `${key}: ${value}`)
        .join("; "),
  },
  { title: "From pay date", cell: ({ effectiveStartDate }) => effectiveStartDate },
  { title: "To pay date", cell: ({ effectiveEndDate }) => effectiveEndDate },
  { title: "Priority", cell: ({ priority }) => numberCell(priority) },
  { title: "Entity id", cell: ({ entityId }) => entityId || null },
  { title: "Read at (UTC)", cell: ({ fetchedAt }) => fetchedAt.toISOString() },
  { title: "Rule id", cell: ({ finchRuleId }) => finchRuleId },
];
