import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import {
  countDocuments,
  listDocumentKinds,
  listDocumentRows,
  type DocumentFilter,
} from "@/db/repositories/documents";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { toDirectorySource, type DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { DocumentQuery, type DocumentFilterInput } from "./document-query";
import { toDocumentView, type DocumentView } from "./to-document-view";
import { loadW4States, type W4StateView } from "./w4-state";

export const documentPageSize = 50;

export interface DocumentsView {
  customerName: string;
  timeZone: string;
  now: Date;
  rows: DocumentView[];
  matching: number;
  total: number;
  /** Kinds and years that there are, for the filters. */
  kinds: { type: string | null; year: number | null; count: number }[];
  previous: string | null;
  next: string | null;
  sources: DirectorySourceView[];
  /** Of each connection: what was asked of Finch, and what may be. */
  syncs: W4StateView[];
}

export const anyDocument: Omit<DocumentFilter, "visible"> = {
  words: [],
  types: [],
  years: [],
  connections: [],
  state: null,
  individualId: null,
};

/**
 * A page of the employer's tax forms, 50 by person, and how far they are fetched.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listDocuments(context: Context, raw: Partial<DocumentQuery>): Promise<DocumentsView> {
  const query = DocumentQuery.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "document:read");
  // They name people.
  requirePermission(ctx, "individual:read");
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const sources = (await visibleSources(tx, ctx)).filter(({ id }) =>
        can(ctx, "document:read", { connectionId: id }),
      );
      const visible = sources.map(({ id }) => id);
      const filter = toDocumentFilter(query, visible);
      const kinds = await listDocumentKinds(tx, customerId, visible);
      const total = kinds.reduce((sum, { count }) => sum + count, 0);
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: await readClock(tx),
        ...(await readPage(tx, customerId, { query, filter, sources })),
        matching: isNarrowed(query) ? await countDocuments(tx, customerId, filter) : total,
        total,
        kinds,
        sources: sources.map(toDirectorySource),
        syncs: await loadW4States(tx, ctx, sources),
      };
    },
    { readOnly: true },
  );
}

const isNarrowed = ({ search, types, years, connections, state, individual }: DocumentQuery) =>
  search !== "" ||
  state !== null ||
  individual !== null ||
  [types, years, connections].some((values) => values.length > 0);

/** Turns what was asked into conditions of the database, narrowed to what the reader may see. */
export const toDocumentFilter = (query: DocumentFilterInput, visible: readonly string[]): DocumentFilter => ({
  visible,
  words: searchWords(query.search),
  types: query.types,
  years: query.years,
  connections: query.connections,
  state: query.state,
  individualId: query.individual,
});

interface PageParts {
  query: DocumentQuery;
  filter: DocumentFilter;
  sources: readonly SourceRow[];
}

async function readPage(
  tx: Tx,
  customerId: string,
  { query, filter, sources }: PageParts,
): Promise<Pick<DocumentsView, "rows" | "previous" | "next">> {
  const backwards = query.before !== null;
  const pivot = query.before ?? query.after;
  const found = await listDocumentRows(tx, customerId, filter, {
    pivot,
    backwards,
    limit: documentPageSize + 1,
  });
  const more = found.length > documentPageSize;
  const shown = !more ? found : backwards ? found.slice(1) : found.slice(0, documentPageSize);
  const rows = shown.flatMap((row) => {
    const source = sources.find(({ id }) => id === row.connectionId);
    return source ? [toDocumentView(row, source)] : [];
  });
  const [first, last] = [shown[0]?.id ?? null, shown.at(-1)?.id ?? null];
  return {
    rows,
    previous: backwards ? (more ? first : null) : pivot === null ? null : first,
    next: backwards || more ? last : null,
  };
}
