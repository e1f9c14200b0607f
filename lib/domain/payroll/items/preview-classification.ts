import { inScope } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { payTypeLabel } from "@/lib/format/pay-types";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { checkMapping, PreviewInput } from "./classification-input";
import { chooseSource } from "./list-pay-items";
import { previewYears } from "./preview-years";
import type { ClassificationPreview } from "./views";

/**
 * What an own type of an item would change: lines, people and amounts by year, and both ends of the estimates. Changes
 * nothing.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection), INVALID
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
      checkMapping(input);
      const { mappedType, mappedPreTax, effectiveFrom: from, effectiveTo: to, ...item } = input;
      const thisYear = Number((await readToday(tx, customerId)).slice(0, 4));
      const years = await previewYears(
        tx,
        { ...item, customerId, from, to, thisYear },
        { mappedType, mappedPreTax },
      );
      return {
        finchLabel: payTypeLabel(item.category, item.finchType),
        mappedLabel: payTypeLabel(item.category, mappedType),
        years,
        closedYears: [...new Set(years.flatMap(({ closed, year }) => (closed ? [year] : [])))],
      };
    },
    { readOnly: true },
  );
}
