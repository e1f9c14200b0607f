import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { listApiRequests, type ApiRequestRow } from "@/db/repositories/api-requests";
import { listConnectionEvents, type ConnectionEventRow } from "@/db/repositories/connection-events";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { countApiRequests, countRecords } from "@/db/repositories/connections-detail";
import { findCustomer } from "@/db/repositories/customers";
import { findProvider } from "@/db/repositories/providers";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { fieldSupport } from "./field-support";
import { loadParts } from "./load-parts";
import { requestedProducts } from "./requested-products";
import { readFreshness } from "./status-facts";
import { iso, toConnectionView } from "./to-connection-view";
import type {
  ApiRequestView,
  ConnectionDetailView,
  ConnectionView,
  ProductFreshnessView,
  TimelineEventView,
} from "./views";

const shownRequests = 12;
const shownEvents = 40;

const entityList = z.array(z.object({ id: z.string(), name: z.string().nullish() })).catch([]);
const detailRecord = z.record(z.string(), z.unknown()).catch({});

function toRequestView(row: ApiRequestRow): ApiRequestView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    endpoint: row.endpoint,
    status: row.status,
    outcome: row.outcome,
    finchCode: row.finchCode,
    durationMs: row.durationMs,
    requestId: row.finchRequestId,
  };
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

/** Names of companies are the employer's data, and hidden like it. */
function toEntityViews(ctx: CustomerContext, { id, entities, disconnectedAt }: ConnectionRow) {
  if (disconnectedAt !== null || !can(ctx, "individual:read", { connectionId: id })) return [];
  return entityList.parse(entities).map((entity) => ({ id: entity.id, name: entity.name ?? null }));
}

/** Records held by product; null where the reader may not know, or nothing is counted. */
async function recordsOf(
  tx: Tx,
  ctx: CustomerContext,
  view: ConnectionView,
): Promise<Record<string, number>> {
  if (view.disconnectedAt) return {};
  const people: Record<string, number> = view.people === null ? {} : { directory: view.people };
  if (!can(ctx, "individual:read")) return people;
  return { ...people, ...(await countRecords(tx, ctx.scope.customerId, view.id)) };
}

function toFreshnessViews(
  connection: ConnectionRow,
  view: ConnectionView,
  records: Record<string, number>,
): ProductFreshnessView[] {
  const freshness = readFreshness(connection.freshness);
  const products = new Set([...requestedProducts, ...view.products, ...view.lostProducts]);
  return [...products].map((product) => {
    const facts = freshness[product];
    // SSNs come with the answers of /individual, so they have no step of their own.
    const source = product === "ssn" ? "individual" : product;
    const step = view.latestRun?.steps.find((each) => each.name === source);
    return {
      product,
      granted: view.products.includes(product),
      lost: view.lostProducts.includes(product),
      stepStatus: step?.status ?? null,
      stepOutcome: step?.outcome ?? null,
      records: records[product] ?? null,
      asOf: iso(
        facts?.retrievedAt ?? (product === "ssn" ? (freshness["individual"]?.retrievedAt ?? null) : null),
      ),
      lastAttemptResult: facts?.lastAttemptResult ?? null,
      lastAttemptAt: iso(facts?.lastAttemptAt ?? null),
    };
  });
}

/**
 * One connection with all that its page shows. Health only: no personal data of
 * the mirror, and no token.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getConnection(context: Context, connectionId: string): Promise<ConnectionDetailView> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  if (!z.uuid().safeParse(connectionId).success) throw notFound("connection");
  return inScope(
    ctx,
    async (tx) => {
      const connection = await findConnection(tx, customerId, connectionId);
      const customer = await findCustomer(tx, customerId);
      if (!connection || !customer) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      const now = await readClock(tx);
      const [parts] = await loadParts(tx, ctx, [connection]);
      if (!parts) throw notFound("connection");
      const view = toConnectionView(ctx, parts, now);
      const provider = await findProvider(tx, connection.providerId);
      const requests = await listApiRequests(tx, customerId, connectionId, shownRequests);
      return {
        ...view,
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: now.toISOString(),
        finchConnectionId: connection.finchConnectionId,
        entities: toEntityViews(ctx, connection),
        freshness: toFreshnessViews(connection, view, await recordsOf(tx, ctx, view)),
        requests: requests.map(toRequestView),
        requestCount: await countApiRequests(tx, customerId, connectionId),
        timeline: (await listConnectionEvents(tx, customerId, connectionId, shownEvents)).map(toEventView),
        refreshesAllowed: connection.refreshesAllowed,
        refreshesRemaining: connection.refreshesRemaining,
        fields: fieldSupport(
          provider?.authenticationMethods,
          connection.authenticationMethods,
          view.products,
        ),
        retentionDays: env().RETENTION_DAYS,
      };
    },
    { readOnly: true },
  );
}
