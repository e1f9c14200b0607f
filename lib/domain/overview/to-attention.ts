import type { UnreadPeopleRow } from "@/db/repositories/customers-overview";
import type { ConnectionView } from "@/lib/domain/connections/views";

/** Something that waits for a person: what happened, what it means, what to do. */
export interface AttentionItem {
  key: string;
  connectionId: string;
  status: ConnectionView["status"] | "unread_people";
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

/** Troubles of an employer, worst first: broken connections, then people who could not be read. Pure. */
export function toAttention(
  connections: readonly ConnectionView[],
  unread: readonly UnreadPeopleRow[],
): AttentionItem[] {
  const broken = urgent.flatMap((status) =>
    connections
      .filter((connection) => connection.status === status)
      .map((connection) => ({
        key: connection.id,
        connectionId: connection.id,
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
      connectionId,
      status: "unread_people" as const,
      title: `${nameOf(connection)} gave no details for ${count === 1 ? "one person" : `${count} people`}`,
      means: "They are in the directory, with fields missing. Each profile says what the provider answered.",
      todo: "The next sync asks again. If it stays, look at these people in the provider.",
      since: null,
      requestId: null,
    };
  });
  return [...broken, ...people];
}

function withPeople(connection: ConnectionView): string {
  const { people, cause } = connection;
  if (!people) return cause.means;
  return `${cause.means} ${people === 1 ? "One person is" : `${people} people are`} concerned.`;
}
