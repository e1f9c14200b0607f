import type { ClassificationView, PayItemView } from "@/lib/domain/payroll/items/views";
import { formatDate } from "@/lib/format/dates";

/** What an item does to box 1, in two words. */
const effectWords: Record<PayItemView["effects"][number], string> = {
  in: "In",
  out: "Out",
  subtract: "Subtracted",
  subtract_to_limit: "Up to a limit",
  not_subtracted: "Not subtracted",
  unknown: "Opens the range",
};

export const box1Words = ({ effects }: PayItemView) =>
  effects.map((effect) => effectWords[effect]).join(" or ");

export const itemName = ({ name }: Pick<PayItemView, "name">) =>
  name === null || name === "" ? "No name" : name;

/** From when to when an own type holds. */
export function daysWords({
  effectiveFrom: from,
  effectiveTo: to,
}: Pick<ClassificationView, "effectiveFrom" | "effectiveTo">) {
  if (from === null && to === null) return "all pay dates";
  if (to === null) return `from ${formatDate(from ?? "")}`;
  if (from === null) return `until ${formatDate(to)}`;
  return `${formatDate(from)} to ${formatDate(to)}`;
}

export const preTaxWords = (preTax: boolean | null) =>
  preTax === null ? null : preTax ? "pre-tax" : "after tax";
