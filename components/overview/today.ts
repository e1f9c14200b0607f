import type { OverviewView } from "@/lib/domain/overview/get-overview";
import { dateInZone, formatLongDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";

/** One sentence that is true today: the date, who is here, and whether something is missing. */
export function todaySentence(view: OverviewView): string {
  const { connections, headcount, attention, now, timeZone } = view;
  const day = formatLongDate(dateInZone(now, timeZone));
  if (connections.length === 0) return `${day}. No payroll is connected yet.`;
  const providers = [...new Set(connections.map((connection) => connection.providerName))];
  const from = providers.length > 3 ? `${connections.length} connections` : providers.join(" and ");
  const waiting = connections.filter((connection) => connection.lastSyncSucceededAt === null);
  if (headcount.total === 0) {
    return waiting.length > 0
      ? `${day}. The first sync of ${waiting.map((each) => each.providerName).join(" and ")} has not finished yet.`
      : `${day}. ${from} ${providers.length === 1 ? "has" : "have"} no people.`;
  }
  const people = view.mayReadPeople
    ? `${formatCount(headcount.total, "person", "people")} from ${from}`
    : `Connected: ${from}`;
  const rest =
    waiting.length > 0
      ? `${waiting.map((each) => each.providerName).join(" and ")} ${waiting.length === 1 ? "is" : "are"} still arriving`
      : attention.length > 0
        ? `${formatCount(attention.length, "thing")} ${attention.length === 1 ? "needs" : "need"} attention`
        : "nothing needs attention";
  return `${day}. ${people}; ${rest}.`;
}
