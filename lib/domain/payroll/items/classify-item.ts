import type { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import {
  countClassifications,
  insertClassification,
  lockItem,
  updateClassification,
  type ClassificationRow,
} from "@/db/repositories/item-classifications";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { checkMapping, ClassifyItemInput } from "./classification-input";
import { requireAccepted } from "./closed-years";
import { changedMeanwhile, changeOf, listItemMappings, refuseOverlap } from "./item-mappings";
import { chooseSource } from "./list-pay-items";

type Input = z.output<typeof ClassifyItemInput>;

/** A connection has some hundred names of items; each look at year-to-date wages reads all of their own types. */
const most = { inForce: 2_000, kept: 10_000 };

/**
 * Gives the lines of an item a type of the employer's own, or changes that, for pay dates from one day to another. It
 * counts in year-to-date wages and estimates from then on; Finch's data stays as it is. Kept, audited, undoable.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection, classification), INVALID, CONFLICT (changed meanwhile, overlap, too many)
 */
export async function classifyItem(context: Context, raw: ClassifyItemInput): Promise<{ id: string }> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:manage");
  const input = ClassifyItemInput.parse(raw);
  return inScope(ctx, async (tx) => {
    chooseSource(await visibleSources(tx, ctx), input.connectionId);
    requirePermission(ctx, "payroll:manage", { connectionId: input.connectionId });
    checkMapping(input);
    const place = { customerId: ctx.scope.customerId, connectionId: input.connectionId };
    await lockItem(tx, place, JSON.stringify([input.category, input.name, input.finchType]));
    const { category, name, finchType, acceptClosedYears } = input;
    const item = { ...place, category, name, finchType };
    const changeId = input.change?.id ?? null;
    const rows = await listItemMappings(tx, item);
    const { changed } = changeOf(rows, { changeId, mapping: input });
    refuseOverlap(rows, { ...input, changeId });
    await requireAccepted(tx, { ...item, changed, acceptClosedYears }, await readToday(tx, place.customerId));
    const before = rows.find(({ id: other }) => other === changeId) ?? null;
    if (!before) await refuseTooMany(tx, place);
    const id = await write(tx, ctx, input);
    await recordAudit(
      tx,
      ctx,
      before ? "item.reclassify" : "item.classify",
      { type: "item", id },
      detailsOf(input, before),
    );
    return { id };
  });
}

async function refuseTooMany(tx: Tx, place: { customerId: string; connectionId: string }): Promise<void> {
  const { inForce, kept } = await countClassifications(tx, place);
  if (inForce >= most.inForce)
    throw new DomainError(
      "CONFLICT",
      `This connection has ${inForce.toLocaleString("en-US")} types of your own, and there can be no more. Undo those that are not needed.`,
    );
  if (kept >= most.kept)
    throw new DomainError(
      "CONFLICT",
      `This connection keeps ${kept.toLocaleString("en-US")} types of your own, undone ones included, and there can be no more. Change one that is there.`,
    );
}

async function write(tx: Tx, ctx: CustomerContext, input: Input): Promise<string> {
  const { change, acceptClosedYears: _accepted, connectionId, category, name, finchType, ...values } = input;
  const by = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const { customerId } = ctx.scope;
  if (!change) {
    const item = { connectionId, category, name, finchType };
    return insertClassification(tx, { customerId, ...item, ...values, createdBy: by });
  }
  if (await updateClassification(tx, { customerId, ...change, by }, values)) return change.id;
  throw changedMeanwhile();
}

const daysOf = ({ effectiveFrom, effectiveTo }: Pick<Input, "effectiveFrom" | "effectiveTo">) =>
  effectiveFrom === null && effectiveTo === null
    ? "all pay dates"
    : `${effectiveFrom ?? "the beginning"} to ${effectiveTo ?? "now on"}`;

function detailsOf(input: Input, before: ClassificationRow | null) {
  return {
    connectionId: input.connectionId,
    category: input.category,
    item: input.name ?? "",
    finchType: input.finchType ?? "",
    type: input.mappedType,
    payDates: daysOf(input),
    ...(input.mappedPreTax === null ? {} : { preTax: input.mappedPreTax }),
    ...(before ? { before: `${before.mappedType}, ${daysOf(before)}` } : {}),
    ...(input.note ? { note: input.note } : {}),
  };
}
