import { inScope, type Tx } from "@/db/client";
import {
  findActivityConnection,
  listActivityConnections,
  listActivityRows,
  type ActivityConnectionRow,
  type ActivityPlace,
  type ActivityRow,
} from "@/db/repositories/activity";
import { planForActivity, type ActivityFilter } from "@/db/repositories/activity-filter";
import { listActivityCauses, listActivityCodes, sumActivity } from "@/db/repositories/activity-sums";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer, listCustomers } from "@/db/repositories/customers";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { ActivityQuery } from "./activity-query";
import { activityWindow, type ActivityWindow } from "./activity-window";
import { finchEndpoints } from "./endpoints";
import { outcomeKinds, outcomeWords } from "./outcome-words";
import { toBuckets, toCause, toRequest, toSum } from "./to-activity-view";
import type { ActivityOption, ActivityView } from "./views";

export const activityPageSize = 50;
const shownCauses = 12;
/** Choices that a filter offers. */
const shownOptions = 500;
const shownCodes = 50;

const asOption = (value: string): ActivityOption => ({ value, label: value });
const outcomeOptions: ActivityOption[] = [
  { value: "failed", label: "Failed, whatever the cause" },
  ...outcomeKinds.map((value) => ({ value, label: outcomeWords(value).label })),
];

/**
 * Requests to Finch of all employers, newest first, with what they come to by time and by cause. Names of employers and
 * providers, no data of people.
 * @throws DomainError FORBIDDEN
 */
export async function listActivity(ctx: Context, raw: Partial<ActivityQuery>): Promise<ActivityView> {
  const query = ActivityQuery.parse(raw);
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      await planForActivity(tx);
      const now = await readClock(tx);
      const keptDays = env().API_REQUEST_RETENTION_DAYS;
      const window = activityWindow(query, now, keptDays);
      const connection = query.connectionId ? await findActivityConnection(tx, query.connectionId) : null;
      const filter = toFilter(query, window, connection);
      const sums = await sumActivity(tx, filter, window.bucketMs);
      return {
        ...window,
        sum: toSum(sums),
        buckets: toBuckets(sums, window),
        causes: (await listActivityCauses(tx, filter, shownCauses)).map(toCause),
        ...(await readPage(tx, filter, query)),
        customers: await customerOptions(tx, filter.customerId),
        connections: await connectionOptions(tx, filter.customerId, connection),
        endpoints: finchEndpoints.map(asOption),
        outcomes: outcomeOptions,
        finchCodes: (await listActivityCodes(tx, window.from, window.to, shownCodes)).map(asOption),
        keptDays,
        now,
      };
    },
    { readOnly: true },
  );
}

function toFilter(
  query: ActivityQuery,
  { from, to }: ActivityWindow,
  connection: ActivityConnectionRow | null,
): ActivityFilter {
  const { connectionId, runId, endpoints, finchCodes } = query;
  return {
    from,
    to,
    // The index of a connection's requests begins with its employer.
    customerId: query.customerId ?? connection?.customerId ?? null,
    connectionId,
    runId,
    endpoints,
    outcomes: query.outcomes.filter((outcome) => outcome !== "failed"),
    failed: query.outcomes.includes("failed"),
    statuses: query.statuses.map(statusRange),
    finchCodes,
    requestId: query.search.trim(),
  };
}

function statusRange(choice: string): readonly [number, number] | null {
  if (choice === "none") return null;
  const hundreds = Number(choice.charAt(0)) * 100;
  return choice.endsWith("xx") ? [hundreds, hundreds + 99] : [Number(choice), Number(choice)];
}

const toPlace = (cursor: string | null): ActivityPlace | null => {
  const [micros, id] = cursor?.split(".") ?? [];
  return micros && id ? { micros, id } : null;
};
const cursorOf = (row: ActivityRow | undefined) => (row ? `${row.micros}.${row.id}` : null);

async function readPage(tx: Tx, filter: ActivityFilter, query: ActivityQuery) {
  const [after, before] = [toPlace(query.after), toPlace(query.before)];
  const found = await listActivityRows(tx, filter, { after, before, limit: activityPageSize + 1 });
  const more = found.length > activityPageSize;
  const rows = before ? found.slice(0, activityPageSize).reverse() : found.slice(0, activityPageSize);
  return {
    requests: rows.map(toRequest),
    newer: before ? (more ? cursorOf(rows[0]) : null) : after ? cursorOf(rows[0]) : null,
    older: before || more ? cursorOf(rows.at(-1)) : null,
  };
}

async function customerOptions(tx: Tx, chosen: string | null): Promise<ActivityOption[]> {
  const rows = await listCustomers(tx, { search: "", after: null, limit: shownOptions });
  const known = rows.some(({ id }) => id === chosen);
  const missing = chosen === null || known ? null : await findCustomer(tx, chosen);
  return [...(missing ? [missing] : []), ...rows].map(({ id, name }) => ({ value: id, label: name }));
}

/** Connections of the chosen employer: of all employers there would be too many to choose from. */
async function connectionOptions(
  tx: Tx,
  customerId: string | null,
  chosen: ActivityConnectionRow | null,
): Promise<ActivityOption[]> {
  if (customerId === null) return [];
  const rows = await listActivityConnections(tx, customerId, shownOptions);
  const all = chosen && !rows.some(({ id }) => id === chosen.id) ? [chosen, ...rows] : rows;
  const isTwice = (name: string) => all.filter(({ providerName }) => providerName === name).length > 1;
  return all.map(({ id, providerName }) => ({
    value: id,
    label: isTwice(providerName) ? `${providerName} (${id.slice(0, 8)})` : providerName,
  }));
}
