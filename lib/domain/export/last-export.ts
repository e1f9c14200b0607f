import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import {
  deleteFurtherSnapshots,
  deleteSnapshot,
  findSnapshot,
  insertSnapshotRows,
  insertUnfinishedSnapshot,
  listSnapshotRows,
  listVanishedRows,
  type KeptRow,
  replaceSnapshot,
  type SnapshotDefinition,
  type SnapshotPlace,
  type SnapshotRow,
} from "@/db/repositories/export-snapshots";
import { sha256 } from "@/lib/crypto";
import { can } from "@/lib/auth/permissions";
import type { Context, CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import type { CsvCell } from "./csv";
import type { Selection } from "./selection";
import type { ExportTable, RowIdentity } from "./table";

/**
 * A person's last whole export of each selection, and the one that is being written beside it. What is asked for is kept
 * as a hash: a search holds names.
 */

/**
 * How a person's last export of a selection is found. One with names is another one than one without: whoever lost the
 * sight of people is not told of them by what changed.
 */
export const snapshotKind = (ctx: Context, { kind, asked }: Selection): string => {
  const seen = can(ctx, "individual:read") ? asked : ["unnamed", asked];
  return `${kind}:${sha256(JSON.stringify(seen)).slice(0, 32)}`;
};

/** Selections of a table that a person's last export is kept of: the ones of which they took a file last. */
const mostSelections = 10;
/** A longer file is nobody's last export: somebody's lines of years would be a copy of the employer's pay. */
const mostKeptRows = 300_000;

/** Numbers stay apart from text of the same figures. */
const keep = (cell: CsvCell): unknown => (cell !== null && typeof cell === "object" ? [cell.number] : cell);

const KeptCell = z.union([z.string(), z.null(), z.tuple([z.string()]).transform(([number]) => ({ number }))]);

export interface ExportRow extends RowIdentity {
  cells: readonly CsvCell[];
}

export type Comparison = "comparable" | "none_before" | "other_columns";

export class LastExport {
  private rows = 0;
  private id: string | null = null;
  private most = mostKeptRows;
  private readonly definition: SnapshotDefinition;

  private constructor(
    private readonly ctx: CustomerContext,
    private readonly place: SnapshotPlace,
    private readonly table: Pick<ExportTable<never>, "now" | "visible" | "selection">,
    private readonly before: SnapshotRow | null,
    titles: readonly string[],
  ) {
    this.definition = { titles: [...titles] };
  }

  /**
   * Null for a caller without an account, where rows are nobody's in particular, and for whoever may not see pay: what is
   * kept is of its class in the database, whatever it is of.
   */
  static async find<Row>(tx: Tx, ctx: CustomerContext, table: ExportTable<Row>): Promise<LastExport | null> {
    if (ctx.actor.kind !== "user" || !table.identify || !ctx.grants.payroll) return null;
    const place = {
      customerId: ctx.scope.customerId,
      userId: ctx.actor.userId,
      kind: snapshotKind(ctx, table.selection),
    };
    const titles = table.columns.map(({ title }) => title);
    return new LastExport(ctx, place, table, await findSnapshot(tx, place), titles);
  }

  get takenAt(): Date | null {
    return this.before?.takenAt ?? null;
  }

  get comparison(): Comparison {
    if (!this.before) return "none_before";
    const titles = this.before.definition?.titles;
    return JSON.stringify(titles) === JSON.stringify(this.definition.titles) ? "comparable" : "other_columns";
  }

  /**
   * Begins to keep what is written: all of it where it is compared, else as long as it is not too much to keep.
   * @param count the rows that there are, where that is known
   */
  async begin({ compared, count }: { compared: boolean; count: number | null }): Promise<void> {
    if (compared && this.before) this.most = Number.POSITIVE_INFINITY;
    if ((count ?? 0) > this.most) return;
    this.id = await inScope(this.ctx, (tx) => insertUnfinishedSnapshot(tx, this.place));
  }

  /** Keeps rows of the file that is being written. Each call is a transaction of its own. */
  async add(rows: readonly ExportRow[]): Promise<void> {
    const { id } = this;
    if (!id) return;
    if (this.rows + rows.length > this.most) {
      this.id = null;
      await inScope(this.ctx, (tx) => deleteSnapshot(tx, this.place.customerId, id));
      return;
    }
    await inScope(this.ctx, async (tx) => {
      await insertSnapshotRows(
        tx,
        this.place,
        id,
        rows.map(({ key, connectionId, individualId, cells }) => ({
          key,
          connectionId,
          individualId,
          cells: cells.map(keep),
        })),
      );
    });
    this.rows += rows.length;
  }

  /** What the last export held of some rows. */
  async cellsOf(tx: Tx, keys: readonly string[]): Promise<Map<string, CsvCell[]>> {
    if (!this.before) return new Map();
    const found = await listSnapshotRows(tx, this.place.customerId, this.before.id, keys);
    return new Map(found.map(({ key, cells }) => [key, toCells(cells)]));
  }

  /** Rows of the last export that the written file lacks, so many at a time. */
  async *vanished(limit: number): AsyncGenerator<CsvCell[][], void, void> {
    if (!this.before || !this.id) return;
    const pair = { before: this.before.id, now: this.id, visible: this.table.visible, limit };
    const read = (after: string | null): Promise<KeptRow[]> =>
      inScope(this.ctx, (tx) => listVanishedRows(tx, this.place.customerId, { ...pair, after }), {
        readOnly: true,
      });
    let found = await read(null);
    while (found.length > 0) {
      yield found.map(({ cells }) => toCells(cells));
      found = found.length < limit ? [] : await read(found.at(-1)?.key ?? null);
    }
  }

  /**
   * Makes the written file the person's last export.
   * @param strict whether the file was compared with the one before, which must still be the last one then
   * @throws DomainError CONFLICT
   */
  async finish(tx: Tx, { strict }: { strict: boolean }): Promise<void> {
    if (!this.id) return;
    const done = { id: this.id, definition: this.definition, rows: this.rows, takenAt: this.table.now };
    const isPlaced = await replaceSnapshot(tx, this.place, done, this.before?.id ?? null);
    if (isPlaced) {
      const { kind } = this.table.selection;
      await deleteFurtherSnapshots(tx, { ...this.place, kind: `${kind}:` }, mostSelections);
      return;
    }
    if (strict)
      throw new DomainError(
        "CONFLICT",
        "Another export of yours was finished meanwhile. Start this one again.",
      );
    await deleteSnapshot(tx, this.place.customerId, this.id);
  }

  /** Forgets the written file: it was not sent whole. */
  async discard(): Promise<void> {
    const { id } = this;
    if (id) await inScope(this.ctx, (tx) => deleteSnapshot(tx, this.place.customerId, id));
  }
}

const toCells = (cells: unknown): CsvCell[] => z.array(KeptCell).catch([]).parse(cells);
