import { z } from "zod";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { listOpenHolds, type SyncHoldRow } from "@/db/repositories/open-holds";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";

/** Data that is gone at Finch without a word, and stays here until somebody says that this is right. */
export interface HoldView {
  id: string;
  /** directory | payments | pay_statements | benefits | documents | pay_groups */
  product: string;
  /** "" where the connection has a single entity. */
  entityId: string;
  /** Finch's id of the payment or benefit; "" for a whole list. */
  finchId: string;
  /** Rows that would go. */
  rows: number;
  /** Finch's id of the request that came back empty. */
  requestId: string | null;
  createdAt: string;
  /** Somebody let it go; the next sync deletes it if Finch still gives nothing. */
  acceptedAt: string | null;
}

/** A hold as a screen gets it. */
export function toHoldView(hold: SyncHoldRow): HoldView {
  const { id, product, entityId, finchId, rows, requestId, createdAt, acceptedAt } = hold;
  return {
    id,
    product,
    entityId,
    finchId,
    rows,
    requestId,
    createdAt: createdAt.toISOString(),
    acceptedAt: acceptedAt?.toISOString() ?? null,
  };
}

/**
 * The open holds of a connection, oldest first: ids and counts only.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listHolds(context: Context, connectionId: string): Promise<HoldView[]> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  if (!z.uuid().safeParse(connectionId).success) throw notFound("connection");
  return inScope(
    ctx,
    async (tx) => {
      const connection = await findConnection(tx, customerId, connectionId);
      if (!connection) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      // Hidden with the data that it is about.
      if (connection.disconnectedAt !== null) return [];
      return (await listOpenHolds(tx, customerId, connectionId)).map(toHoldView);
    },
    { readOnly: true },
  );
}
