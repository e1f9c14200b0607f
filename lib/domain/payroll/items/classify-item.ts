import type { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import {
  findClassification,
  insertClassification,
  listClassificationRows,
  lockItem,
  updateClassification,
  type ClassificationRow,
} from "@/db/repositories/item-classifications";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { checkMapping, ClassifyItemInput } from "./classification-input";
import { requireAccepted } from "./closed-years";
import { chooseSource } from "./list-pay-items";

type Input = z.output<typeof ClassifyItemInput>;

/**
 * Gives the lines of an item a type of the employer's own, or changes that, for pay dates from one day to another. It
 * counts in year-to-date wages and estimates from then on; Finch's data stays as it is. Kept, audited, undoable.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection, classification), INVALID, CONFLICT (changed meanwhile, overlap)
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
    const before = input.change ? await requireSame(tx, ctx, input) : null;
    await refuseOverlap(tx, place, input);
    await requireAccepted(tx, ctx, input, before, await readToday(tx, ctx.scope.customerId));
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

async function requireSame(tx: Tx, ctx: CustomerContext, input: Input): Promise<ClassificationRow> {
  const row = await findClassification(tx, ctx.scope.customerId, input.change?.id ?? "");
  const isSame =
    row?.connectionId === input.connectionId &&
    row.category === input.category &&
    row.name === input.name &&
    row.finchType === input.finchType;
  if (!row || !isSame) throw notFound("classification");
  return row;
}

const overlaps = (
  a: Pick<Input, "effectiveFrom" | "effectiveTo">,
  b: Pick<Input, "effectiveFrom" | "effectiveTo">,
) =>
  (a.effectiveFrom ?? "") <= (b.effectiveTo ?? "9999-12-31") &&
  (b.effectiveFrom ?? "") <= (a.effectiveTo ?? "9999-12-31");

async function refuseOverlap(
  tx: Tx,
  place: { customerId: string; connectionId: string },
  input: Input,
): Promise<void> {
  const other = (await listClassificationRows(tx, place)).find(
    (row) =>
      row.removedAt === null &&
      row.id !== input.change?.id &&
      row.category === input.category &&
      row.name === input.name &&
      row.finchType === input.finchType &&
      overlaps(row, input),
  );
  if (!other) return;
  const days = `${other.effectiveFrom ?? "the beginning"} to ${other.effectiveTo ?? "now on"}`;
  throw new DomainError(
    "CONFLICT",
    `These lines have a type of your own already, from ${days}. Change or undo that one, or choose other days.`,
    { field: "effectiveFrom" },
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

/** Somebody else was faster: what was seen is not what is there. */
export const changedMeanwhile = () =>
  new DomainError(
    "CONFLICT",
    "Somebody else has changed this classification meanwhile. Look at it as it is now, then decide again.",
  );

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
