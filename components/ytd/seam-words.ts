import type { Seam } from "@/lib/domain/payroll/links/seam";
import { formatDate } from "@/lib/format/dates";

export function seamWords(seam: Seam): string {
  if (seam.kind === "unpaid") return "One of them has no pay with a date.";
  if (seam.kind === "seam")
    return `One follows the other: paid until ${formatDate(seam.until)}, then from ${formatDate(seam.from)}.`;
  return `Both were paid from ${formatDate(seam.from)} to ${formatDate(seam.to)}: look whether pay is in both.`;
}
