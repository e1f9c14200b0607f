import { z } from "zod";
import { inScope } from "@/db/client";
import { countApiRequests, listApiRequests, type PlacedRequest } from "@/db/repositories/api-requests";
import { readClock } from "@/db/repositories/connections-clock";
import { findConnection } from "@/db/repositories/connections";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { placeInput, readPage, uuid } from "./place";

export const requestsPageSize = 15;

export const ListRequestsInput = z.strictObject({
  connectionId: z.uuid(),
  failedOnly: z.boolean().default(false),
  after: placeInput(uuid),
  before: placeInput(uuid),
});
export type ListRequestsInput = z.input<typeof ListRequestsInput>;

export interface ApiRequestView {
  id: string;
  at: string;
  /** Method and path: "GET /employer/directory". */
  endpoint: string;
  status: number | null;
  outcome: string;
  finchCode: string | null;
  durationMs: number;
  requestId: string | null;
}

export interface RequestsView {
  requests: ApiRequestView[];
  all: number;
  failed: number;
  newer: string | null;
  older: string | null;
  /** How long requests are kept. */
  keptDays: number;
  now: string;
}

function toRequestView(row: PlacedRequest): ApiRequestView {
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

/**
 * The requests to Finch for a connection, newest first, with the ids that Finch's support asks for. No bodies.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listRequests(context: Context, raw: ListRequestsInput): Promise<RequestsView> {
  const { connectionId, failedOnly, ...query } = ListRequestsInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      if (!(await findConnection(tx, customerId, connectionId))) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      const { rows, ...pages } = await readPage({
        ...query,
        size: requestsPageSize,
        read: (from, backwards, limit) =>
          listApiRequests(tx, customerId, connectionId, { failedOnly, from, backwards, limit }),
        placeOf: (row) => row.place,
      });
      return {
        requests: rows.map(toRequestView),
        ...(await countApiRequests(tx, customerId, connectionId)),
        ...pages,
        keptDays: env().API_REQUEST_RETENTION_DAYS,
        now: (await readClock(tx)).toISOString(),
      };
    },
    { readOnly: true },
  );
}
