import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findConnection } from "@/db/repositories/connections";
import { countFailedItems, listFailedItems, type FailedItemRow } from "@/db/repositories/failed-items";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { loadItemLabels, type ItemLabel } from "./item-labels";
import { itemErrorWords } from "./item-error-words";
import { anyText, placeInput, readPage, writePlace } from "./place";

export const itemErrorsPageSize = 10;

/** The steps whose answers are made of items. */
export const itemProducts = [
  "individual",
  "employment",
  "pay_groups",
  "pay_statements",
  "benefits",
  "documents",
] as const;

export type ItemProduct = (typeof itemProducts)[number];

export const ListItemErrorsInput = z.strictObject({
  connectionId: z.uuid(),
  product: z.enum(itemProducts).nullable().default(null),
  after: placeInput(anyText),
  before: placeInput(anyText),
});
export type ListItemErrorsInput = z.input<typeof ListItemErrorsInput>;

/** One item that Finch gave no data for. */
export interface ItemErrorView extends ItemLabel {
  key: string;
  /** Name of the step. */
  product: string;
  entityId: string;
  since: string | null;
  /** Finch's own word. */
  code: string | null;
  happened: string;
  todo: string;
}

export interface ItemErrorsView {
  items: ItemErrorView[];
  /** How many there are, by step. */
  counts: { product: ItemProduct; items: number }[];
  total: number;
  newer: string | null;
  older: string | null;
  now: string;
}

const nothing = { items: [], counts: [], total: 0, newer: null, older: null };

function toItemErrorView(row: FailedItemRow, label: ItemLabel, providerName: string): ItemErrorView {
  const { product, entityId, since, code, name, finchCode } = row;
  return {
    key: writePlace(row.place),
    product,
    entityId,
    ...label,
    since: since?.toISOString() ?? null,
    code: finchCode ?? name ?? (code === null ? null : String(code)),
    ...itemErrorWords({ product, code, name, finchCode, providerName }),
  };
}

/**
 * The people, payments and other items of a connection that Finch answered with an error for, newest first: whom it
 * is about as far as the reader may know, why, and what helps. A disconnected connection's are hidden like its data.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listItemErrors(context: Context, raw: ListItemErrorsInput): Promise<ItemErrorsView> {
  const { connectionId, ...query } = ListItemErrorsInput.parse(raw);
  const ctx = requireCustomer(context);
  const at = { customerId: ctx.scope.customerId, connectionId };
  return inScope(
    ctx,
    async (tx) => {
      const connection = await findConnection(tx, at.customerId, connectionId);
      if (!connection) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      const now = (await readClock(tx)).toISOString();
      if (connection.disconnectedAt !== null) return { ...nothing, now };
      const counts = await countFailedItems(tx, at);
      const { rows, ...pages } = await readPage({
        ...query,
        size: itemErrorsPageSize,
        read: (from, backwards, limit) =>
          listFailedItems(tx, at, { product: query.product, from, backwards, limit }),
        placeOf: (row) => row.place,
      });
      return {
        items: await toViews(tx, ctx, rows, { ...at, providerName: connection.providerName }),
        counts: itemProducts.flatMap((product) => {
          const items = counts.get(product) ?? 0;
          return items > 0 ? [{ product, items }] : [];
        }),
        total: [...counts.values()].reduce((sum, items) => sum + items, 0),
        ...pages,
        now,
      };
    },
    { readOnly: true },
  );
}

async function toViews(
  tx: Tx,
  ctx: CustomerContext,
  rows: readonly FailedItemRow[],
  { connectionId, providerName }: { connectionId: string; providerName: string },
): Promise<ItemErrorView[]> {
  const labelOf = await loadItemLabels(tx, ctx, connectionId, rows);
  return rows.map((row) => toItemErrorView(row, labelOf(row), providerName));
}
