import type { ClassificationRow } from "@/db/repositories/item-classifications";
import type { PayItemRow } from "@/db/repositories/pay-items";
import { payTypeLabel } from "@/lib/format/pay-types";
import { box1RuleOf } from "../box1/rules";
import { isInForce } from "./apply-classifications";
import { payCategories } from "./items-query";
import type { ClassificationView, PayItemCategory, PayItemView } from "./views";

/** A category as our own word; what is none is an earning's neighbour in no table, so it throws. */
export function toCategory(text: string): PayItemCategory {
  const found = payCategories.find((category) => category === text);
  if (!found) throw new TypeError(`Unknown category ${text}`);
  return found;
}

export function toClassificationView(row: ClassificationRow): ClassificationView {
  return {
    id: row.id,
    mappedType: row.mappedType,
    mappedLabel: payTypeLabel(toCategory(row.category), row.mappedType),
    mappedPreTax: row.mappedPreTax,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo,
    note: row.note,
    version: row.version,
    updatedAt: row.updatedAt,
    removedAt: row.removedAt,
  };
}

const flagWords = { true: "pre-tax", false: "not pre-tax", null: "not provided" } as const;
const flagValues = { true: true, false: false, null: null } as const;

/** An item by allow-list, with what it does to the estimate today. */
export function toPayItem(
  row: PayItemRow,
  classifications: readonly ClassificationRow[],
  today: string,
): PayItemView {
  const category = toCategory(row.category);
  const flags = (["true", "false", "null"] as const).filter((flag) => row.flags.split(",").includes(flag));
  const current = classifications.find((one) => one.removedAt === null && isInForce(one, today));
  const effects = flags.map((flag) => {
    const preTax = current?.mappedPreTax ?? flagValues[flag];
    return box1RuleOf({ category, type: current?.mappedType ?? row.finchType, name: row.name, preTax })
      .effect;
  });
  return {
    category,
    name: row.name,
    finchType: row.finchType,
    finchLabel: payTypeLabel(category, row.finchType),
    flags: category === "deduction" ? flags.map((flag) => flagWords[flag]) : [],
    lines: row.lines,
    firstSeen: row.firstSeen,
    lastSeen: row.lastSeen,
    nextSeen: row.nextSeen,
    classified: row.classified,
    effects: [...new Set(effects)],
    current: current ? toClassificationView(current) : null,
    others: classifications.filter((one) => one !== current).map(toClassificationView),
  };
}
