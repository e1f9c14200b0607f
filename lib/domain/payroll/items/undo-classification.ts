import { z } from "zod";
import { inScope } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import { findClassification, removeClassification } from "@/db/repositories/item-classifications";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { requireAccepted } from "./closed-years";
import { changedMeanwhile, changeOf, listItemMappings } from "./item-mappings";
import { toCategory } from "./to-pay-item";

export const UndoClassificationInput = z.strictObject({
  id: z.uuid(),
  version: z.number().int(),
  acceptClosedYears: z.boolean().default(false),
});
export type UndoClassificationInput = z.input<typeof UndoClassificationInput>;

/**
 * Takes an own type back: the lines count by Finch's type again. The classification is kept, and shown as undone.
 * @throws DomainError FORBIDDEN, NOT_FOUND, INVALID (closed years), CONFLICT (changed meanwhile)
 */
export async function undoClassification(
  context: Context,
  raw: UndoClassificationInput,
): Promise<{ id: string }> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "payroll:manage");
  const { id, version, acceptClosedYears } = UndoClassificationInput.parse(raw);
  return inScope(ctx, async (tx) => {
    const row = await findClassification(tx, customerId, id);
    const sources = await visibleSources(tx, ctx);
    if (!row || !sources.some((source) => source.id === row.connectionId)) throw notFound("classification");
    requirePermission(ctx, "payroll:manage", { connectionId: row.connectionId });
    const { connectionId, name, finchType } = row;
    const item = { customerId, connectionId, category: toCategory(row.category), name, finchType };
    const { changed } = changeOf(await listItemMappings(tx, item), { changeId: id, mapping: null });
    await requireAccepted(tx, { ...item, changed, acceptClosedYears }, await readToday(tx, customerId));
    const by = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    if (!(await removeClassification(tx, { customerId, id, version, by }))) throw changedMeanwhile();
    await recordAudit(
      tx,
      ctx,
      "item.unclassify",
      { type: "item", id },
      {
        connectionId: row.connectionId,
        category: row.category,
        item: row.name ?? "",
        finchType: row.finchType ?? "",
        type: row.mappedType,
      },
    );
    return { id };
  });
}
