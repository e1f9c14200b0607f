import type { Tx } from "@/db/client";
import type { ConnectionRow } from "@/db/repositories/connections";
import {
  countIncompleteDetails,
  countIncompletePayments,
  countIncompletePeople,
  countMiscounted,
  sumIncomplete,
  type Incomplete,
} from "@/db/repositories/incomplete";
import { readToday } from "@/db/repositories/customers-clock";
import { firstJudgedDay } from "@/lib/domain/sync/payment-dates";
import { productName } from "@/lib/domain/sync/plan";
import { findUnsupported, readUnsupported } from "@/lib/domain/sync/unsupported";

const hourMs = 3_600_000;
/** The schedule looks every minute: what is due for longer is not looked at. */
const overdueMs = 2 * hourMs;

/** The product that a difference is about, and the step (or its part) that reads it. */
const sources: Record<string, readonly [product: string, step: string]> = {
  individual_missing: ["individual", "individual"],
  individual_errors: ["individual", "individual"],
  employment_missing: ["employment", "employment"],
  employment_errors: ["employment", "employment"],
  statements_unread: ["pay_statement", "pay_statements"],
  statements_pending: ["pay_statement", "pay_statements"],
  statements_partial: ["pay_statement", "pay_statements"],
  statements_failed: ["pay_statement", "pay_statements"],
  statements_count: ["pay_statement", "pay_statements"],
  statements_held: ["pay_statement", "pay_statements"],
  pay_groups_unread: ["payment", "pay_groups.members"],
  enrollments_unread: ["benefits", "benefits.enrollments"],
  documents_unread: ["documents", "documents.content"],
};

export interface Differences extends Incomplete {
  /** Steps that the provider may offer by now. */
  changedSupport: string[];
}

/** What a repair can mend: a held answer waits for a person, and the rest is no data. */
export const mendable = (kind: string): boolean =>
  (kind in sources && kind !== "statements_held") || kind === "item_errors";

/**
 * Everything that is behind or incomplete at a connection, by what is stored here. Of products that are not shared any
 * more, or not offered, nothing is missing.
 */
export async function findDifferences(tx: Tx, connection: ConnectionRow, now: Date): Promise<Differences> {
  const scope = await checkedScope(tx, connection);
  const stored = sumIncomplete([
    await countIncompletePeople(tx, scope),
    await countIncompletePayments(tx, scope),
    await countMiscounted(tx, scope),
    await countIncompleteDetails(tx, scope),
  ]);
  const { still, changed } = await judgeSupport(tx, connection);
  const granted = new Set(connection.products.map(productName));
  const counts = Object.fromEntries(
    Object.entries(stored.counts).filter(([kind]) => {
      const source = sources[kind];
      return (
        !source ||
        (granted.has(source[0]) && !still.has(source[1]) && !still.has(source[1].split(".")[0] ?? ""))
      );
    }),
  );
  return {
    checked: stored.checked + 1,
    counts: {
      ...counts,
      ...(changed.length > 0 ? { unsupported_changed: changed.length } : {}),
      ...scheduleOf(connection, now),
    },
    changedSupport: changed,
  };
}

/** The connection's rows, and the first day for which its provider still gives pay. */
export async function checkedScope(tx: Tx, { customerId, id: connectionId, providerId }: ConnectionRow) {
  return {
    customerId,
    connectionId,
    historyFrom: firstJudgedDay(providerId, await readToday(tx, customerId)),
  };
}

/** What the provider is known not to offer, and what of it may have changed since. */
async function judgeSupport(tx: Tx, connection: ConnectionRow) {
  const still = new Set<string>();
  const changed: string[] = [];
  for (const key of Object.keys(readUnsupported(connection.unsupported))) {
    if (await findUnsupported(tx, connection, key)) still.add(key);
    else changed.push(key);
  }
  return { still, changed };
}

/** A connection that nobody has to repair has its next sync planned, and that has not been missed. */
function scheduleOf(connection: ConnectionRow, now: Date): Record<string, number> {
  if (connection.actionNeededReason === "reauthenticate_user") return {};
  if (!connection.nextSyncAt) return { not_scheduled: 1 };
  return now.getTime() - connection.nextSyncAt.getTime() > overdueMs ? { overdue: 1 } : {};
}
