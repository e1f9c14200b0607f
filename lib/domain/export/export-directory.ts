import { inScope } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { countIndividuals, findDirectoryPosition, listIndividuals } from "@/db/repositories/individuals";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { recheckContext } from "@/lib/domain/customers/recheck-context";
import { notFound } from "@/lib/domain/errors";
import { dataClasses } from "@/lib/domain/individuals/data-classes";
import { DirectoryFilterInput, DirectorySortInput } from "@/lib/domain/individuals/directory-query";
import { loadDirectoryRows } from "@/lib/domain/individuals/load-directory-rows";
import { resolveFilter } from "@/lib/domain/individuals/resolve-filter";
import { takeLimit } from "@/lib/domain/limits";
import { z } from "zod";
import { byteOrderMark, toCsv } from "./csv";
import { exportColumns, type DirectoryExportRow } from "./directory-columns";
import { exportFileName } from "./export-file-name";

export const ExportDirectoryInput = DirectoryFilterInput.extend({
  sort: DirectorySortInput.default("name"),
  descending: z.boolean().default(false),
});
export type ExportDirectoryInput = z.infer<typeof ExportDirectoryInput>;

const chunkSize = 500;

export interface DirectoryExport {
  fileName: string;
  /** The file piece by piece; throws FORBIDDEN in the middle where the right is taken away. */
  chunks: AsyncGenerator<string, void, void>;
}

/**
 * The directory as CSV, filtered and masked like the page, never whole in memory.
 * Audited with its number of rows before the first one leaves.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED
 */
export async function exportDirectory(
  ctx: Context,
  raw: Partial<ExportDirectoryInput>,
  now = new Date(),
): Promise<DirectoryExport> {
  const input = ExportDirectoryInput.parse(raw);
  requireExport(ctx);
  const mine = requireCustomer(ctx);
  if (ctx.actor.kind === "user") await takeLimit("export", ctx.actor.userId);
  const { customerId } = mine.scope;
  const customer = await inScope(ctx, async (tx) => {
    const found = await findCustomer(tx, customerId);
    if (!found) throw notFound("employer");
    const { filter } = await resolveFilter(tx, ctx, filterOf(input));
    const { matching } = await countIndividuals(tx, customerId, filter);
    await recordAudit(tx, ctx, "directory.export", { type: "customer", id: customerId }, { rows: matching });
    return found;
  });
  return {
    fileName: exportFileName({ place: customer.name, what: "directory", now, zone: customer.timeZone }),
    chunks: chunksOf(mine, input),
  };
}

/** A file holds nothing that its reader could not read on the page. */
function requireExport(ctx: Context): void {
  requirePermission(ctx, "individual:read");
  requirePermission(ctx, "directory:export");
}

function filterOf({
  sort: _sort,
  descending: _descending,
  ...filter
}: ExportDirectoryInput): DirectoryFilterInput {
  return filter;
}

async function* chunksOf(
  ctx: CustomerContext,
  input: ExportDirectoryInput,
): AsyncGenerator<string, void, void> {
  // The header is fixed at the start: a right gained later adds no column to a file half written.
  const columns = exportColumns(dataClasses(ctx).income);
  yield byteOrderMark + toCsv([columns.map((column) => column.title)]);
  let last: string[] | null = null;
  for (;;) {
    const current = await recheckContext(ctx);
    requireExport(current);
    const page = await readChunk(current, input, last);
    if (page.rows.length > 0) yield toCsv(page.rows.map((row) => columns.map((column) => column.cell(row))));
    if (page.last === null) return;
    last = page.last;
  }
}

interface Chunk {
  rows: DirectoryExportRow[];
  /** The place to go on from; null at the end. */
  last: string[] | null;
}

function readChunk(ctx: CustomerContext, input: ExportDirectoryInput, from: string[] | null): Promise<Chunk> {
  const { customerId } = ctx.scope;
  const order = { sort: input.sort, descending: input.descending };
  return inScope(
    ctx,
    async (tx) => {
      const { sources, filter } = await resolveFilter(tx, ctx, filterOf(input));
      const found = await listIndividuals(tx, customerId, filter, { order, from, limit: chunkSize });
      const asOf = new Map(
        sources.map((each) => [each.id, each.dataRetrievedAt ?? each.lastSyncSucceededAt]),
      );
      const people = await loadDirectoryRows(tx, ctx, found, sources);
      const end = found.length === chunkSize ? found.at(-1) : undefined;
      return {
        rows: people.map((person) => ({ person, asOf: asOf.get(person.connection.id) ?? null })),
        last: end ? await findDirectoryPosition(tx, customerId, end.id, order) : null,
      };
    },
    { readOnly: true },
  );
}
