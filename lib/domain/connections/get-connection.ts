import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { estimateRun, turnOf } from "@/lib/domain/quota/estimate-run";
import { loadQuotaOutlook } from "@/lib/domain/quota/load-outlook";
import { env } from "@/lib/env";
import { loadParts } from "./load-parts";
import { refreshQuota } from "./refresh-quota";
import type { SyncRunView } from "./run-views";
import { toConnectionView, type ConnectionParts } from "./to-connection-view";
import type { ConnectionDetailView } from "./views";
import { withAbsentSteps } from "./with-absent-steps";

const entityList = z.array(z.object({ id: z.string(), name: z.string().nullish() })).catch([]);

/** Names of companies are the employer's data, and hidden like it. */
function toEntityViews(ctx: CustomerContext, { id, entities, disconnectedAt }: ConnectionRow) {
  if (disconnectedAt !== null) return [];
  const mayName = can(ctx, "individual:read", { connectionId: id });
  return entityList
    .parse(entities)
    .map((entity) => ({ id: entity.id, name: mayName ? (entity.name ?? null) : null }));
}

const withAllKinds = (run: SyncRunView | null, { products, providerName }: ConnectionRow) =>
  run && { ...run, steps: withAbsentSteps(run.steps, { products, providerName, scope: run.scope }) };

/** How long an open run still takes, and the place of what waits for quota, by how full Finch's windows are now. */
async function withTimes(tx: Tx, { latestRun, steps }: ConnectionParts, run: SyncRunView | null, now: Date) {
  if (!latestRun || !run || run.finishedAt !== null) return { run, estimate: null };
  const outlook = await loadQuotaOutlook(tx, latestRun.connectionId);
  const own = steps.filter((step) => step.runId === latestRun.id);
  const timed = run.steps.map((step) => {
    if (step.wait?.kind !== "quota") return step;
    return { ...step, wait: { ...step.wait, ...turnOf(outlook.get(step.wait.key), now) } };
  });
  return { run: { ...run, steps: timed }, estimate: estimateRun(own, outlook, now) };
}

/**
 * One connection with what happens on it right now: what its page polls. Health only: no personal data of
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
      const { run, estimate } = await withTimes(tx, parts, view.latestRun, now);
      return {
        ...view,
        latestRun: withAllKinds(run, connection),
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: now.toISOString(),
        finchConnectionId: connection.finchConnectionId,
        entities: toEntityViews(ctx, connection),
        refresh: refreshQuota(connection, now),
        estimate,
        retentionDays: env().RETENTION_DAYS,
      };
    },
    { readOnly: true },
  );
}
