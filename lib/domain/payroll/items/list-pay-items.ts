import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { readToday } from "@/db/repositories/customers-clock";
import { listClassificationRows, type ClassificationRow } from "@/db/repositories/item-classifications";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listPayItemRows } from "@/db/repositories/pay-items";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { payItemPageSize, PayItemsQuery, type PayItemsQueryInput } from "./items-query";
import { toPayItem } from "./to-pay-item";
import type { PayItemsView } from "./views";

/**
 * The distinct names of pay lines of one connection: Finch's type, how often and since when, and the employer's own
 * types. Those that no type says anything about come first.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, connection)
 */
export async function listPayItems(context: Context, raw: PayItemsQueryInput = {}): Promise<PayItemsView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:read");
  const query = PayItemsQuery.parse(raw);
  return inScope(ctx, (tx) => read(tx, ctx, query), { readOnly: true });
}

/** The connection that is asked for, or the first one that has payroll. @throws DomainError NOT_FOUND */
export function chooseSource(sources: readonly SourceRow[], connectionId: string | null): SourceRow | null {
  if (connectionId === null)
    return sources.find(({ products }) => products.includes("pay_statement")) ?? sources[0] ?? null;
  const found = sources.find(({ id }) => id === connectionId);
  if (!found) throw notFound("connection");
  return found;
}

async function read(tx: Tx, ctx: CustomerContext, query: PayItemsQuery): Promise<PayItemsView> {
  const { customerId } = ctx.scope;
  const customer = await findCustomer(tx, customerId);
  if (!customer) throw notFound("employer");
  const sources = await visibleSources(tx, ctx);
  const source = chooseSource(sources, query.connectionId);
  const today = await readToday(tx, customerId);
  const found = source ? await readItems(tx, customerId, source, query, today) : null;
  return {
    customerName: customer.name,
    timeZone: customer.timeZone,
    now: await readClock(tx),
    today,
    sources: sources.map(toDirectorySource),
    source: source && {
      ...toDirectorySource(source),
      hasPayroll: source.products.includes("pay_statement"),
    },
    ...(found ?? { all: 0, open: 0, matching: 0, page: 1, pages: 1, items: [] }),
    mayClassify: source !== null && can(ctx, "payroll:manage", { connectionId: source.id }),
    mayChangeRules: source !== null && can(ctx, "payroll:correct", { connectionId: source.id }),
  };
}

/** A page of a connection's items by allow-list, of the usual size unless another is asked for. */
export async function readItems(
  tx: Tx,
  customerId: string,
  source: SourceRow,
  { search, category, state, page, size = payItemPageSize }: PayItemsQuery & { size?: number },
  today: string,
) {
  const place = { customerId, connectionId: source.id, today };
  const { rows, ...counts } = await listPayItemRows(tx, {
    ...place,
    search: search.trim(),
    category,
    classified: state === null ? null : state === "classified",
    limit: size,
    offset: (page - 1) * size,
  });
  const classifications = Map.groupBy(await listClassificationRows(tx, place), itemKey);
  const matching = rows[0]?.matching ?? 0;
  return {
    ...counts,
    matching,
    page,
    pages: Math.max(1, Math.ceil(matching / size)),
    items: rows.map((row) => toPayItem(row, classifications.get(itemKey(row)) ?? [], today)),
  };
}

const itemKey = ({
  category,
  name,
  finchType,
}: Pick<ClassificationRow, "category" | "name" | "finchType">): string =>
  JSON.stringify([category, name, finchType]);
