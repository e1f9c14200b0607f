import { inScope, type Tx } from "@/db/client";
import { requirePermission, type Permission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import type { Context } from "@/lib/domain/context";
import { requireCustomer, type CustomerContext } from "@/lib/domain/context";
import { recheckContext } from "@/lib/domain/customers/recheck-context";
import { takeLimit } from "@/lib/domain/limits";
import { changeTitles, compareRows, vanishedLines, type ChangeCounts } from "./changes";
import { byteOrderMark, toCsv, type CsvCell } from "./csv";
import { exportFileName } from "./export-file-name";
import { headLines } from "./head-lines";
import { holdSnapshot, type HeldSnapshot } from "./hold-snapshot";
import { LastExport, type ExportRow } from "./last-export";
import { ExportWish, type ExportFormat, type ExportTable, type RowIdentity } from "./table";
import { xlsxChunks } from "./xlsx";

export interface ExportFile {
  fileName: string;
  format: ExportFormat;
  /** The file piece by piece; throws FORBIDDEN in the middle where the right is taken away. */
  chunks: AsyncGenerator<Uint8Array, void, void>;
}

interface ExportVerb<Row> {
  /** All of them, when it starts and before every batch. */
  permissions: readonly Permission[];
  /** What the audit calls it. */
  action: `${string}.export`;
  /** What it is of, where it is not the whole employer. */
  target?: { type: string; id: string };
  /** Finds out what the table is; its rows are read later, in the same transaction. @throws DomainError NOT_FOUND */
  open(tx: Tx, ctx: CustomerContext): Promise<ExportTable<Row>>;
}

/** Rows of vanished ones that are read at once. */
const vanishedAtOnce = 1_000;

/**
 * A table as a file: filtered and masked like its page, read in one view of the database, never whole in memory, and no
 * faster than it is taken. Audited with its number of rows before the first one leaves, and again where it breaks off.
 * Sent whole, it becomes the person's last export of that table.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED
 */
export async function runExport<Row>(
  context: Context,
  raw: ExportWish,
  verb: ExportVerb<Row>,
): Promise<ExportFile> {
  const wish = ExportWish.parse(raw);
  for (const permission of verb.permissions) requirePermission(context, permission);
  const ctx = requireCustomer(context);
  if (ctx.actor.kind === "user") await takeLimit("export", ctx.actor.userId);
  const held = await holdSnapshot(ctx);
  try {
    const table = await verb.open(held.tx, ctx);
    const last = await LastExport.find(held.tx, ctx, table);
    await audit(ctx, verb, { ...about(table, wish), ...narrowed(table), rows: table.count });
    const file = new RunningExport(ctx, verb, { table, last, held, ...wish });
    return { fileName: fileNameOf(table, wish), format: wish.format, chunks: file.open() };
  } catch (error) {
    await held.release();
    throw error;
  }
}

type Wish = { format: ExportFormat; changes: boolean };
type Audited = Pick<ExportVerb<never>, "action" | "target">;

const about = <Row>({ selection: { kind } }: ExportTable<Row>, { format, changes }: Wish) => ({
  kind,
  format,
  changes,
});

/** What the file was narrowed to. A search may be somebody's name, and is not kept. */
function narrowed<Row>({ head, filter, search }: ExportTable<Row>): Record<string, unknown> {
  const period = head.find(([label]) => label === "Period")?.[1];
  const parts = [...filter, ...(search ? ["a search"] : [])];
  return { ...(period === undefined ? {} : { period }), filter: parts.join("; ") || "none" };
}

function audit(
  ctx: CustomerContext,
  { action, target }: Audited,
  details: Record<string, unknown>,
  what: "" | "_stopped" | "_changes" = "",
): Promise<void> {
  const of = target ?? { type: "customer", id: ctx.scope.customerId };
  return inScope(ctx, (tx) => recordAudit(tx, ctx, `${action}${what}`, of, details));
}

const fileNameOf = <Row>(table: ExportTable<Row>, { format, changes }: Wish): string =>
  exportFileName({
    place: table.customerName,
    what: changes ? `${table.slug}-changes` : table.slug,
    now: table.now,
    zone: table.timeZone,
    extension: format,
  });

interface Running<Row> extends Wish {
  table: ExportTable<Row>;
  /** Null where nobody's last export is kept. */
  last: LastExport | null;
  held: HeldSnapshot;
}

class RunningExport<Row> {
  private hasBegun = false;
  private sent = 0;
  private readonly counts: ChangeCounts = { new: 0, changed: 0, vanished: 0 };

  constructor(
    private readonly ctx: CustomerContext,
    private readonly verb: ExportVerb<Row>,
    private readonly running: Running<Row>,
  ) {}

  /** The file. Ended before anything of it was read, it ends as one that was broken off: generators alone would not know. */
  open(): AsyncGenerator<Uint8Array, void, void> {
    const chunks = this.chunks();
    const end = chunks.return.bind(chunks);
    chunks.return = async (value) => {
      if (!this.hasBegun) {
        this.hasBegun = true;
        await this.running.held.release();
        await this.stopped();
      }
      return end(value);
    };
    return chunks;
  }

  /** What ends it early is audited, and leaves no trace in the person's last export. */
  private async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    const { held } = this.running;
    let isWhole = false;
    this.hasBegun = true;
    try {
      for await (const chunk of this.pieces()) {
        held.touch();
        yield chunk;
      }
      // Whoever asks for more after the last piece has taken all of it.
      await this.finish();
      isWhole = true;
    } finally {
      await held.release();
      if (!isWhole) await this.stopped();
    }
  }

  private async *pieces(): AsyncGenerator<Uint8Array, void, void> {
    const { table, last, changes, format } = this.running;
    await last?.begin({ compared: changes, count: table.count });
    const own = table.columns.map(({ title }) => title);
    const titles = changes ? [...changeTitles, ...own] : own;
    const head = headLines(table, changes ? { last } : null);
    if (format === "xlsx") {
      yield* xlsxChunks({ name: table.title, head, titles }, this.lines());
      return;
    }
    const encoder = new TextEncoder();
    yield encoder.encode(byteOrderMark + toCsv([...head, [], titles]));
    for await (const lines of this.lines()) if (lines.length > 0) yield encoder.encode(toCsv(lines));
  }

  private async *lines(): AsyncGenerator<CsvCell[][], void, void> {
    const { table, last, changes, held } = this.running;
    const titles = table.columns.map(({ title }) => title);
    for await (const batch of table.batches()) {
      // Rows that did not change are read and not sent: nobody stands still meanwhile.
      held.touch();
      await this.recheck();
      const cells = batch.map((row) => table.columns.map((column) => column.cell(row)));
      const rows = table.identify ? this.identified(batch, cells, table.identify) : [];
      await last?.add(rows);
      const lines =
        changes && last
          ? await compareRows(held.tx, { last, titles, counts: this.counts }, rows)
          : cells.map((row) => (changes ? ["new", null, ...row] : row));
      this.sent += lines.length;
      yield lines;
    }
    if (!changes || !last) return;
    for await (const lines of vanishedLines({ last, counts: this.counts }, vanishedAtOnce)) {
      held.touch();
      await this.recheck();
      this.sent += lines.length;
      yield lines;
    }
  }

  private identified(
    batch: readonly Row[],
    cells: readonly CsvCell[][],
    identify: (row: Row) => RowIdentity,
  ): ExportRow[] {
    return batch.map((row, at) => ({ ...identify(row), cells: cells[at] ?? [] }));
  }

  /** @throws DomainError FORBIDDEN where the role was taken away since */
  private async recheck(): Promise<void> {
    const now = await recheckContext(this.ctx);
    for (const permission of this.verb.permissions) requirePermission(now, permission);
  }

  private async finish(): Promise<void> {
    const { ctx, verb } = this;
    const { table, last, changes, format } = this.running;
    await inScope(ctx, async (tx) => {
      await last?.finish(tx, { strict: changes });
      // What was not known when the first row left: how many they were.
      if (!changes && table.count !== null) return;
      const of = verb.target ?? { type: "customer", id: ctx.scope.customerId };
      const details = {
        ...about(table, { format, changes }),
        rows: this.sent,
        ...(changes ? this.counts : {}),
      };
      await recordAudit(tx, ctx, `${verb.action}_${changes ? "changes" : "finished"}`, of, details);
    });
  }

  private async stopped(): Promise<void> {
    const { table, last } = this.running;
    await last?.discard();
    const details = { ...about(table, this.running), rows: this.sent, of: table.count };
    await audit(this.ctx, this.verb, details, "_stopped");
  }
}
