import { movedWords } from "@/components/payroll/calendar-words";
import type { PayrollOverviewView } from "@/lib/domain/overview/get-payroll-overview";

/** "Hourly and Salaried, moved for Christmas Day"; why none is known where there is none. */
export function nextNote({ next, groups, unknownGroups }: PayrollOverviewView): string {
  if (!next) return groups === 0 ? "no pay group yet" : "no group's rhythm is known";
  const names = next.groups.flatMap((name) => name ?? []);
  const who = names.length > 2 ? `${names.length} groups` : names.join(" and ");
  const rest = unknownGroups > 0 ? `${unknownGroups} of ${groups} groups unknown` : null;
  return [who || null, movedWords(next.movedBy), rest].filter(Boolean).join(", ");
}
