import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { listFailingSince } from "@/db/repositories/api-requests";
import { listConnectionEvents, type ConnectionEventRow } from "@/db/repositories/connection-events";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { countPeople, countRecords, listStepsOfRuns } from "@/db/repositories/connections-detail";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import { listOpenHolds } from "@/db/repositories/open-holds";
import { findProvider } from "@/db/repositories/providers";
import { listLatestRuns } from "@/db/repositories/sync-runs";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { lastChecks, type LastChecks } from "@/lib/domain/reconcile/list-reconciliations";
import { fieldSupport } from "../field-support";
import { toHoldView, type HoldView } from "../list-holds";
import { toStepView } from "../to-run-view";
import type { FieldSupportView, TimelineEventView } from "../views";
import { loadItemLabels } from "./item-labels";
import { toFreshness, type ProductFreshnessView } from "./to-freshness";

const shownEvents = 40;
const detailRecord = z.record(z.string(), z.unknown()).catch({});

/** Held data, with what it is called for this reader and who let it go. */
export interface HeldView extends HoldView {
  /** "Payment of Nov 15, 2026"; null for a whole list. */
  label: string | null;
  acceptedBy: string | null;
}

/** What a connection's page shows beside what happens right now: read when something has changed. */
export interface ConnectionRecordView {
  freshness: ProductFreshnessView[];
  holds: HeldView[];
  mayAccept: boolean;
  checks: LastChecks;
  timeline: TimelineEventView[];
  fields: FieldSupportView | null;
  now: string;
}

function toEventView(row: ConnectionEventRow): TimelineEventView {
  return {
    id: row.id,
    kind: row.kind,
    actorKind: row.actorKind,
    actorName: row.actorName,
    detail: detailRecord.parse(row.detail),
    requestId: row.requestId,
    at: row.at.toISOString(),
  };
}

async function recordsOf(
  tx: Tx,
  ctx: CustomerContext,
  { customerId, id, disconnectedAt }: ConnectionRow,
): Promise<Record<string, number>> {
  if (disconnectedAt !== null) return {};
  const target = { connectionId: id };
  const people = await countPeople(tx, customerId, [id]);
  const others = await countRecords(
    tx,
    { customerId, connectionId: id },
    {
      people: can(ctx, "individual:read", target),
      pay: can(ctx, "payroll:read", target),
      deductions: can(ctx, "deduction:read", target),
      documents: can(ctx, "document:read", target),
    },
  );
  return { directory: people.get(id) ?? 0, ...others };
}

async function freshnessOf(tx: Tx, ctx: CustomerContext, connection: ConnectionRow, now: Date) {
  const { customerId, id } = connection;
  const [run] = await listLatestRuns(tx, customerId, [id]);
  const steps = await listStepsOfRuns(tx, customerId, run ? [run.id] : []);
  const facts = {
    ...connection,
    steps: steps.map((step) => toStepView(step, connection.providerName)),
    records: await recordsOf(tx, ctx, connection),
    failingSince: new Map<string, Date>(),
    now,
  };
  const freshness = toFreshness(facts);
  if (!freshness.some(({ state }) => state === "failing")) return freshness;
  return toFreshness({ ...facts, failingSince: await listFailingSince(tx, customerId, id) });
}

async function holdsOf(tx: Tx, ctx: CustomerContext, connection: ConnectionRow): Promise<HeldView[]> {
  if (connection.disconnectedAt !== null) return [];
  const holds = await listOpenHolds(tx, connection.customerId, connection.id);
  const names = await findUserNames(
    tx,
    holds.flatMap(({ acceptedBy }) => acceptedBy ?? []),
  );
  const items = holds.map((hold) => ({ ...hold, individualId: null }));
  const labelOf = await loadItemLabels(tx, ctx, connection.id, items);
  return items.map((hold) => ({
    ...toHoldView(hold),
    label: hold.finchId === "" ? null : labelOf(hold).label,
    acceptedBy: hold.acceptedBy === null ? null : (names.get(hold.acceptedBy) ?? "Somebody"),
  }));
}

/**
 * What stands around a connection: how old each product's data is, what is held, the nightly checks, the timeline.
 * Health only: no personal data of the mirror, and no token.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getConnectionRecord(
  context: Context,
  connectionId: string,
): Promise<ConnectionRecordView> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  if (!z.uuid().safeParse(connectionId).success) throw notFound("connection");
  return inScope(
    ctx,
    async (tx) => {
      const connection = await findConnection(tx, customerId, connectionId);
      if (!connection) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      const now = await readClock(tx);
      const provider = await findProvider(tx, connection.providerId);
      const events = await listConnectionEvents(tx, customerId, connectionId, shownEvents);
      return {
        freshness: await freshnessOf(tx, ctx, connection, now),
        holds: await holdsOf(tx, ctx, connection),
        mayAccept: can(ctx, "connection:sync", { connectionId }),
        checks: await lastChecks(tx, connection),
        timeline: events.map(toEventView),
        fields: fieldSupport(
          provider?.authenticationMethods,
          connection.authenticationMethods,
          connection.products,
        ),
        now: now.toISOString(),
      };
    },
    { readOnly: true },
  );
}
