import { inScope } from "@/db/client";
import { findAuditHead } from "@/db/repositories/audit-chain";
import { countAuditLog, listAuditLog } from "@/db/repositories/audit-log";
import type { Context } from "@/lib/domain/context";
import { byteOrderMark, toCsv, type CsvCell } from "@/lib/domain/export/csv";
import { exportFileName } from "@/lib/domain/export/export-file-name";
import { takeLimit } from "@/lib/domain/limits";
import { formatInstant } from "@/lib/format/dates";
import { recheckAuditReader, requireAuditPlace, type AuditPlace } from "./audit-place";
import { AuditFilterInput } from "./audit-query";
import { plainWords } from "./audit-words";
import { findAuditPlace, toLogFilter } from "./list-audit";
import { recordAudit } from "./record-audit";
import { toAuditEntries, type AuditEntryView } from "./to-audit-entries";

const chunkSize = 500;

export interface AuditExport {
  fileName: string;
  /** The file piece by piece; throws FORBIDDEN in the middle where the right is taken away. */
  chunks: AsyncGenerator<string, void, void>;
}

/**
 * The audit as CSV, filtered like the page, never whole in memory. Audited in the same chain, with its number of
 * rows, before the first one leaves; the file ends before that entry.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED
 */
export async function exportAudit(
  ctx: Context,
  raw: Partial<AuditFilterInput>,
  now = new Date(),
): Promise<AuditExport> {
  const input = AuditFilterInput.parse(raw);
  const place = requireAuditPlace(ctx);
  if (ctx.actor.kind === "user") await takeLimit("export", ctx.actor.userId);
  const { name, zone, end } = await inScope(ctx, async (tx) => {
    const found = await findAuditPlace(tx, place);
    const rows = await countAuditLog(tx, place.customerId, toLogFilter(input, found.zone));
    const head = await findAuditHead(tx, place.customerId);
    await recordAudit(tx, ctx, "audit.export", { type: "audit_log", id: place.customerId }, { rows });
    return { ...found, end: (head?.seq ?? 0) + 1 };
  });
  return {
    fileName: exportFileName({ place: name ?? "platform", what: "audit", now, zone }),
    chunks: chunksOf(ctx, place, input, { zone, end }),
  };
}

async function* chunksOf(
  ctx: Context,
  place: AuditPlace,
  input: AuditFilterInput,
  { zone, end }: { zone: string; end: number },
): AsyncGenerator<string, void, void> {
  yield byteOrderMark + toCsv([columns.map(([title]) => title)]);
  const filter = toLogFilter(input, zone);
  for (let from = end; ;) {
    await recheckAuditReader(ctx);
    const entries = await inScope(
      ctx,
      async (tx) =>
        toAuditEntries(
          tx,
          place,
          await listAuditLog(tx, place.customerId, filter, { from, limit: chunkSize }),
        ),
      { readOnly: true },
    );
    if (entries.length > 0) yield toCsv(entries.map((entry) => columns.map(([, cell]) => cell(entry, zone))));
    const last = entries.at(-1);
    if (!last || entries.length < chunkSize) return;
    from = last.seq;
  }
}

const withoutDetails = { none: null, erased: "erased", withheld: "kept for the employer" };

const columns: [string, (entry: AuditEntryView, zone: string) => CsvCell][] = [
  ["Entry", ({ seq }) => ({ number: String(seq) })],
  ["Time", ({ at }) => at.toISOString()],
  ["Local time", ({ at }, zone) => formatInstant(at, zone, { seconds: true, showZone: true })],
  ["Who", ({ actor }) => actor.name],
  ["Who (id)", ({ actor }) => actor.id],
  ["What", ({ words }) => plainWords(words)],
  ["Action", ({ action }) => action],
  ["Target type", ({ target }) => target.type],
  ["Target", ({ target }) => target.name],
  ["Target (id)", ({ target }) => target.id],
  [
    "Details",
    ({ details, detailsState }) =>
      detailsState === "shown"
        ? details.map(({ label, value }) => `${label}: ${value}`).join("; ")
        : withoutDetails[detailsState],
  ],
  ["As written", ({ intact }) => (intact ? "yes" : "NO")],
  ["Hash", ({ hash }) => hash],
];
