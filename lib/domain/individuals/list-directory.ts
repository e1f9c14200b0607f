import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { SourceRow } from "@/db/repositories/individual-sources";
import {
  countIndividuals,
  findDirectoryPosition,
  listIndividuals,
  type DirectoryFilter,
  type DirectoryRow,
} from "@/db/repositories/individuals";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { displayName } from "@/lib/format/names";
import { dataClasses, type DataClasses } from "./data-classes";
import { DirectoryQuery } from "./directory-query";
import { loadDirectoryRows } from "./load-directory-rows";
import { resolveFilter } from "./resolve-filter";
import type { DirectoryRowView } from "./to-directory-row";

export const directoryPageSize = 50;

export interface DirectorySourceView {
  id: string;
  providerName: string;
  /** Age of the data by Finch's own header, the last sync where Finch gave none; null where nothing came yet. */
  asOf: Date | null;
}

export interface DirectoryView {
  customerName: string;
  timeZone: string;
  /** The database's clock. */
  now: Date;
  rows: DirectoryRowView[];
  /** People that match, and people there are. */
  matching: number;
  total: number;
  /** Number of the first and last person on this page. */
  from: number;
  to: number;
  previous: { before: string; position: number } | null;
  next: { after: string; position: number } | null;
  sources: DirectorySourceView[];
  /** The manager of the filter, by name. */
  manager: { id: string; name: string } | null;
  columns: DataClasses;
}

export function toDirectorySource(source: SourceRow): DirectorySourceView {
  return {
    id: source.id,
    providerName: source.providerName,
    asOf: source.dataRetrievedAt ?? source.lastSyncSucceededAt,
  };
}

interface DirectoryOptions {
  /** Number of people whom this context sees, where the caller counted them already. */
  total?: number;
}

/**
 * One page of the directory, 50 people, in any order and with any filter, forwards or backwards.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listDirectory(
  ctx: Context,
  raw: Partial<DirectoryQuery>,
  { total }: DirectoryOptions = {},
): Promise<DirectoryView> {
  const query = DirectoryQuery.parse(raw);
  requirePermission(ctx, "individual:read");
  const { customerId } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const { sources, filter, manager } = await resolveFilter(tx, ctx, query);
      const [customer, now, page, counts] = await Promise.all([
        findCustomer(tx, customerId),
        readClock(tx),
        readPage(tx, customerId, filter, query),
        total !== undefined && !isNarrowed(filter)
          ? { matching: total, total }
          : countIndividuals(tx, customerId, filter),
      ]);
      if (!customer) throw notFound("employer");
      const rows = await loadDirectoryRows(tx, ctx, page.rows, sources);
      const from = rows.length === 0 ? 0 : firstPosition(query, page, counts.matching);
      const [first, last] = [page.rows[0], page.rows.at(-1)];
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        now,
        rows,
        ...counts,
        from,
        to: rows.length === 0 ? 0 : from + rows.length - 1,
        previous:
          page.earlier && first
            ? { before: first.id, position: Math.max(1, from - directoryPageSize) }
            : null,
        next: page.later && last ? { after: last.id, position: from + rows.length } : null,
        sources: sources.map(toDirectorySource),
        manager: manager && {
          id: manager.id,
          name:
            displayName({
              first: manager.firstName,
              last: manager.lastName,
              preferred: manager.preferredName,
            }) ?? "Unnamed person",
        },
        columns: dataClasses(ctx),
      };
    },
    { readOnly: true },
  );
}

function isNarrowed({ visible: _visible, ...rest }: DirectoryFilter): boolean {
  return Object.values(rest).some((asked: unknown) =>
    Array.isArray(asked) ? asked.length > 0 : asked !== null,
  );
}

interface Page {
  rows: DirectoryRow[];
  earlier: boolean;
  later: boolean;
}

async function readPage(
  tx: Tx,
  customerId: string,
  filter: DirectoryFilter,
  query: DirectoryQuery,
): Promise<Page> {
  const order = { sort: query.sort, descending: query.descending };
  const backwards = query.before !== null;
  const pivot = query.before === "end" ? null : (query.before ?? query.after);
  const from = pivot ? await findDirectoryPosition(tx, customerId, pivot, order) : null;
  const limit = directoryPageSize + 1;
  const found = await listIndividuals(tx, customerId, filter, { order, from, backwards, limit });
  const more = found.length > directoryPageSize;
  if (!backwards) return { rows: found.slice(0, directoryPageSize), earlier: from !== null, later: more };
  // Too few people before this one for a page: then the first page is what is meant.
  if (!more && query.before !== "end")
    return readPage(tx, customerId, filter, { ...query, before: null, after: null });
  return { rows: more ? found.slice(1) : found, earlier: more, later: from !== null };
}

function firstPosition(query: DirectoryQuery, page: Page, matching: number): number {
  if (!page.earlier) return 1;
  if (!page.later) return Math.max(1, matching - page.rows.length + 1);
  return Math.min(query.position, Math.max(1, matching - page.rows.length + 1));
}
