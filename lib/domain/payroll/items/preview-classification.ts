import { inScope } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { payTypeLabel } from "@/lib/format/pay-types";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { checkMapping, PreviewInput } from "./classification-input";
import { changeOf, listItemMappings, refuseOverlap } from "./item-mappings";
import { chooseSource } from "./list-pay-items";
import type { Mapped, MappingChange } from "./mapping-days";
import { previewYears } from "./preview-years";
import type { ClassificationPreview, PayItemCategory, TypeView } from "./views";

/**
 * What an own type of an item would change, against what is in force: days, lines, people and amounts by year, and both
 * ends of the estimates. Changes nothing. With a change's id: that one with other values, or undone.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection, classification), INVALID, CONFLICT (overlap)
 */
export async function previewClassification(
  context: Context,
  raw: PreviewInput,
): Promise<ClassificationPreview> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  const input = PreviewInput.parse(raw);
  return inScope(
    ctx,
    async (tx) => {
      requirePermission(ctx, "payroll:manage");
      chooseSource(await visibleSources(tx, ctx), input.connectionId);
      requirePermission(ctx, "payroll:manage", { connectionId: input.connectionId });
      const { changeId, undo, connectionId, category, name, finchType, ...mapping } = input;
      const item = { customerId, connectionId, category, name, finchType };
      const rows = await listItemMappings(tx, item);
      if (!undo) {
        checkMapping(input);
        refuseOverlap(rows, { changeId, ...mapping });
      }
      const change = changeOf(rows, { changeId, mapping: undo ? null : mapping });
      const thisYear = Number((await readToday(tx, customerId)).slice(0, 4));
      const years = await previewYears(tx, item, change, thisYear);
      return {
        changes: toChanges(change, category, finchType),
        years,
        closedYears: [...new Set(years.flatMap(({ closed, year }) => (closed ? [year] : [])))],
      };
    },
    { readOnly: true },
  );
}

function toChanges(
  { changes }: MappingChange,
  category: PayItemCategory,
  finchType: string | null,
): ClassificationPreview["changes"] {
  const toType = (mapped: Mapped | null): TypeView => ({
    label: payTypeLabel(category, mapped?.mappedType ?? finchType),
    preTax: mapped?.mappedPreTax ?? null,
  });
  return changes.map(({ days, from, to }) => ({
    ranges: days.ranges.map((range) => ({ effectiveFrom: range.from, effectiveTo: range.to })),
    undated: days.undated,
    before: toType(from),
    after: toType(to),
  }));
}
