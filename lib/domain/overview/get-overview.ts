import { inScope } from "@/db/client";
import { findUserNames } from "@/db/repositories/connections-clock";
import {
  countHeadcounts,
  countUnreadPeople,
  listRecentActivity,
  type ActivityRow,
  type HeadcountsRow,
} from "@/db/repositories/customers-overview";
import { can, requirePermission } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/domain/connections/list-connections";
import type { ConnectionView } from "@/lib/domain/connections/views";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { listMissingRuns } from "./list-missing-runs";
import { toAttention, type AttentionItem } from "./to-attention";
import { toSetup, type SetupStep } from "./to-setup";

export interface ActivityView {
  id: string;
  connectionId: string;
  providerName: string;
  kind: string;
  actorKind: string;
  actorName: string | null;
  detail: Record<string, unknown>;
  at: Date;
}

export interface OverviewView {
  customerName: string;
  timeZone: string;
  now: Date;
  mayConnect: boolean;
  mayReadPeople: boolean;
  /** Connected ones; a disconnected one has nothing to say here. */
  connections: ConnectionView[];
  headcount: HeadcountsRow;
  attention: AttentionItem[];
  /** Empty once everything in it is done. */
  setup: SetupStep[];
  activity: ActivityView[];
}

const activityLimit = 8;

/**
 * What an employer's first page says: health, people, what needs somebody, what happened lately.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getOverview(ctx: Context): Promise<OverviewView> {
  requirePermission(ctx, "customer:read");
  const customer = requireCustomer(ctx);
  const { customerId, connectionIds } = customer.scope;
  const list = await listConnections(ctx);
  const connections = list.connections.filter((connection) => connection.disconnectedAt === null);
  const ids = connections.map((connection) => connection.id);
  const mayReadPeople = can(ctx, "individual:read");
  const parts = await inScope(
    ctx,
    async (tx) => {
      const [headcount, unread, events] = await Promise.all([
        countHeadcounts(tx, customerId, mayReadPeople ? ids : []),
        countUnreadPeople(tx, customerId, mayReadPeople ? ids : []),
        listRecentActivity(tx, customerId, connectionIds, activityLimit),
      ]);
      const names = await findUserNames(
        tx,
        events.flatMap(({ actorUserId }) => actorUserId ?? []),
      );
      const missing = can(ctx, "payroll:read") ? await listMissingRuns(tx, customer) : [];
      return { headcount, unread, missing, activity: events.map((event) => toActivity(event, names)) };
    },
    { readOnly: true },
  );
  return {
    customerName: list.customerName,
    timeZone: list.timeZone,
    now: new Date(list.now),
    mayConnect: list.mayConnect,
    mayReadPeople,
    connections,
    headcount: parts.headcount,
    attention: toAttention(connections, parts.unread, parts.missing),
    setup: toSetup(connections),
    activity: parts.activity,
  };
}

function toActivity(row: ActivityRow, names: ReadonlyMap<string, string>): ActivityView {
  const { id, connectionId, providerName, kind, actorKind, actorUserId, actorName, at } = row;
  const detail = typeof row.detail === "object" && row.detail !== null ? { ...row.detail } : {};
  return {
    id,
    connectionId,
    providerName,
    kind,
    actorKind,
    actorName: actorName ?? (actorUserId ? (names.get(actorUserId) ?? null) : null),
    detail,
    at,
  };
}
