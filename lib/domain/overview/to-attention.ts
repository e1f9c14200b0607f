import type { UnreadPeopleRow } from "@/db/repositories/customers-overview";
import type { ConnectionView } from "@/lib/domain/connections/views";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import type { MissingRuns } from "./list-missing-runs";

/** Something that waits for a person: what happened, what it means, what to do. */
export interface AttentionItem {
  key: string;
  /** Where something can be done about it. */
  place:
    | { kind: "connection"; connectionId: string }
    | { kind: "pay_group"; payGroupId: string }
    | { kind: "payroll" };
  status: ConnectionView["status"] | "unread_people" | "missing_runs";
  title: string;
  means: string;
  todo: string | null;
  since: Date | null;
  requestId: string | null;
}

const urgent: readonly ConnectionView["status"][] = [
  "action_needed",
  "failing",
  "missing_permission",
  "late",
];

function nameOf({ providerName, accountName }: ConnectionView): string {
  return accountName ? `${providerName} (${accountName})` : providerName;
}

/** Pay groups with missing runs that have an item of their own. */
const groupsShown = 5;
/** Days that such an item names. */
const daysShown = 3;

/**
 * Troubles of an employer, worst first: broken connections, then runs that did not come, then people who could not be
 * read. Pure.
 */
export function toAttention(
  connections: readonly ConnectionView[],
  unread: readonly UnreadPeopleRow[],
  missing: readonly MissingRuns[],
): AttentionItem[] {
  const broken = urgent.flatMap((status) =>
    connections
      .filter((connection) => connection.status === status)
      .map((connection) => ({
        key: connection.id,
        place: { kind: "connection" as const, connectionId: connection.id },
        status,
        title: connection.cause.happened,
        means: withPeople(connection),
        todo: connection.remedy?.text ?? null,
        since: connection.since ? new Date(connection.since) : null,
        requestId: connection.troubleRequestId,
      })),
  );
  const people = unread.flatMap(({ connectionId, people: count }) => {
    const connection = connections.find((each) => each.id === connectionId);
    if (!connection || count === 0) return [];
    return {
      key: `unread-${connectionId}`,
      place: { kind: "connection" as const, connectionId },
      status: "unread_people" as const,
      title: `${nameOf(connection)} gave no details for ${count === 1 ? "one person" : `${count} people`}`,
      means: "They are in the directory, with fields missing. Each profile says what the provider answered.",
      todo: "The next sync asks again. If it stays, look at these people in the provider.",
      since: null,
      requestId: null,
    };
  });
  return [...broken, ...toMissing(connections, missing), ...people];
}

/** One item a pay group; where many lack runs, one more for the rest of them. */
function toMissing(connections: readonly ConnectionView[], missing: readonly MissingRuns[]): AttentionItem[] {
  const groups = missing.slice(0, groupsShown).map((runs): AttentionItem => {
    const { key, connectionId, payGroupId, payDates, mayManage } = runs;
    const one = payDates.length === 1;
    const [it, they] = one ? ["it", "It was"] : ["them", "They were"];
    const settled = mayManage
      ? "Where no payroll was run that day, say so in the calendar."
      : "Who manages payroll can say in the calendar that none was run.";
    return {
      key: `missing-${connectionId}-${key}`,
      place: payGroupId ? { kind: "pay_group", payGroupId } : { kind: "payroll" },
      status: "missing_runs",
      title: `${one ? "An expected payment" : formatCount(payDates.length, "expected payment")} ${ofWhom(connections, runs)} ${one ? "is" : "are"} missing`,
      means: `${they} due on ${daysWords(payDates)}. Sums and year-to-date wages lack ${it}, if paid.`,
      todo: `Look for ${it} at the provider.${payGroupId ? ` ${settled}` : ""}`,
      since: null,
      requestId: null,
    };
  });
  const more = missing.length - groups.length;
  if (more === 0) return groups;
  const rest: AttentionItem = {
    key: "missing-more",
    place: { kind: "payroll" },
    status: "missing_runs",
    title: `${formatCount(more, "more pay group")} ${more === 1 ? "lacks" : "lack"} expected payments`,
    means: "Sums and year-to-date wages lack them, if they were paid.",
    todo: null,
    since: null,
    requestId: null,
  };
  return [...groups, rest];
}

/** "of Hourly", with the connection where there are several; "from Gusto" where payments name no group. */
function ofWhom(connections: readonly ConnectionView[], { group, connectionId }: MissingRuns): string {
  const connection = connections.find(({ id }) => id === connectionId);
  const from = connection ? nameOf(connection) : "the provider";
  if (group === null) return `from ${from}`;
  const name = group.name ?? "an unnamed pay group";
  return connections.length > 1 ? `of ${name} at ${from}` : `of ${name}`;
}

/** "Oct 2, 2026; Oct 16, 2026 and 2 earlier": the latest ones by name. */
function daysWords(days: readonly string[]): string {
  const earlier = days.length - daysShown;
  const named = days.slice(-daysShown).map(formatDate).join("; ");
  return earlier > 0 ? `${named}, and ${earlier} earlier` : named;
}

function withPeople(connection: ConnectionView): string {
  const { people, cause } = connection;
  if (!people) return cause.means;
  return `${cause.means} ${people === 1 ? "One person is" : `${people} people are`} concerned.`;
}
