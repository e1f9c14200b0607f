import type { YtdPeriod } from "@/lib/domain/payroll/ytd/period";
import { formatDate } from "@/lib/format/dates";

/** The days that count, in words: "By pay date, Jan 1, 2026 to Nov 22, 2026". */
export function periodWords(period: YtdPeriod): string {
  if (period.from === null || period.through === null)
    return "Statements without a pay date: they are in no year";
  if (period.through < period.from) return `Nothing counts yet: the period begins ${formatDate(period.from)}`;
  return `By pay date, ${formatDate(period.from)} to ${formatDate(period.through)}`;
}

export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
