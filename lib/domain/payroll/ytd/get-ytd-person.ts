import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import type { OpeningRow } from "@/db/repositories/opening-balances";
import { listCountedLines, listCountedSlips, type CountedSlipRow } from "@/db/repositories/ytd-lines";
import { can, requirePermission } from "@/lib/auth/permissions";
import { ytdMeasures } from "@/lib/format/pay-choices";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { applyClassifications } from "../items/apply-classifications";
import type { Box1Estimate } from "../box1/estimate-box1";
import { box1Of } from "./box1-of";
import { drill, type ClassifiedLine, type Drill, type YtdMeasureName } from "./drill-lines";
import { readRowFacts } from "./list-ytd";
import { loadYtdRows, readLines, type RowFacts } from "./load-rows";
import { isCalendarYear, unitKey } from "./read-scope";
import type { YtdPeriod } from "./period";
import { listClosedReversals, listRecordSeams, type ClosedReversal, type RecordSeam } from "./person-notes";
import type { PlanCap } from "./compensation";
import { toUnitView, type UnitCoverage } from "./coverage";
import type { YtdRow } from "./views";
import { YtdFilterInput } from "./ytd-query";

export const YtdPersonInput = z.strictObject({
  individualId: z.uuid(),
  query: YtdFilterInput,
  of: z.enum(ytdMeasures).default("gross"),
  /** Lower case; null is the currency of most statements. */
  currency: z.string().max(20).nullable().default(null),
  /** Of earnings: one type; null is one that nobody gave. Left out: all. */
  type: z.string().max(200).nullable().optional(),
});
export type YtdPersonInput = z.input<typeof YtdPersonInput>;

export interface OpeningView {
  id: string;
  individualId: string;
  category: string;
  type: string | null;
  employer: boolean | null;
  currency: string;
  amountCents: bigint;
  throughDate: string;
  note: string | null;
  version: number;
}

export interface YtdPersonView {
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
  period: YtdPeriod;
  sources: { id: string; providerName: string; asOf: Date | null }[];
  units: UnitCoverage[];
  row: YtdRow;
  of: YtdMeasureName;
  currency: string;
  drill: Drill;
  cap: PlanCap;
  /** Of a calendar year at one EIN, else why there is none. */
  box1: { estimate: Box1Estimate } | { reason: string };
  openings: OpeningView[];
  /** Lines of closed years that later ones took back; none of 1099 pay, which is on no W-2. */
  reversals: ClosedReversal[];
  /** Between the records that count together. */
  seams: RecordSeam[];
  /** The record that a new opening balance is for, where one may be entered here. */
  mayCorrect: { individualId: string; year: number }[];
}

/**
 * The lines behind a person's figures: what makes one of them, and their sum.
 * @throws DomainError FORBIDDEN, NOT_FOUND (also of other employers' people and hidden connections)
 */
export async function getYtdPerson(ctx: Context, raw: YtdPersonInput): Promise<YtdPersonView> {
  requirePermission(ctx, "payroll:read");
  const input = YtdPersonInput.safeParse(raw);
  if (!input.success) throw notFound("person");
  const customer = requireCustomer(ctx);
  return inScope(ctx, (tx) => readPerson(tx, customer, input.data), { readOnly: true });
}

async function readPerson(
  tx: Tx,
  ctx: CustomerContext,
  { individualId, query, of, currency: asked, type }: z.output<typeof YtdPersonInput>,
): Promise<YtdPersonView> {
  const facts = await readRowFacts(tx, ctx, { ...query, search: "", incomplete: false });
  const { world } = facts;
  // A link leads to whichever record: the one that stands for all of them is shown.
  const group = world.scope.groups.find(({ members }) => members.includes(individualId));
  const anchor = group?.anchor ?? individualId;
  const [row] = await loadYtdRows(tx, facts, [anchor]);
  const isVisible = row?.records.some(({ connectionId }) => world.scope.visible.includes(connectionId));
  if (!row || !isVisible) throw notFound("person");
  const currency = asked ?? row.figures[0]?.currency ?? "usd";
  const counted = await readCounted(tx, facts, [anchor]);
  return {
    customerName: world.customerName,
    timeZone: world.timeZone,
    now: world.now,
    today: world.today,
    period: world.period,
    sources: world.sources
      .filter(({ id }) => row.records.some(({ connectionId }) => connectionId === id))
      .map(({ id, providerName, dataRetrievedAt, lastSyncSucceededAt }) => ({
        id,
        providerName,
        asOf: dataRetrievedAt ?? lastSyncSucceededAt,
      })),
    units: row.records
      .flatMap((record) => facts.coverage.get(unitKey(record)) ?? [])
      .map((unit) => toUnitView(unit, facts.namesPeople)),
    row,
    of,
    currency,
    drill: drill({ ...counted, currency, pay: query.pay }, { of, type, names: query.names }),
    cap: facts.cap,
    box1: await readBox1(tx, facts, anchor, row),
    openings: world.openings
      .filter((opening) => row.records.some(({ id }) => id === opening.individualId))
      .map(toOpeningView),
    reversals:
      query.pay === "employees" ? await listClosedReversals(tx, { ...world, records: row.records }) : [],
    seams: await listRecordSeams(tx, world.customerId, row.records),
    mayCorrect: mayCorrect(ctx, facts, row),
  };
}

/** The statements and lines of some people that count, with the types that they count as. */
export async function readCounted(
  tx: Tx,
  { world }: RowFacts,
  anchors: readonly string[],
): Promise<{ slips: CountedSlipRow[]; lines: ClassifiedLine[] }> {
  const [slips, lines] = await Promise.all([
    listCountedSlips(tx, world.scope, anchors),
    listCountedLines(tx, world.scope, anchors),
  ]);
  const classified = lines.flatMap((line): ClassifiedLine[] =>
    applyClassifications(
      [line],
      world.classifications.filter(({ connectionId }) => connectionId === line.connectionId),
    ),
  );
  return { slips, lines: classified };
}

async function readBox1(tx: Tx, facts: RowFacts, anchor: string, row: YtdRow) {
  if (facts.query.pay !== "employees") return { reason: "What is paid on 1099 lines is no W-2 wages." };
  const lines = await readLines(tx, { ...facts, query: { ...facts.query, definition: "box1" } }, [anchor]);
  return box1Of({
    period: facts.world.period,
    // The coverage has them for readers to whom the row does not tell them.
    eins: row.records.map((record) => facts.coverage.get(unitKey(record))?.ein ?? null),
    limits: facts.limits,
    lines: lines.map(({ line }) => line),
  });
}

function mayCorrect(ctx: Context, { world, query }: RowFacts, row: YtdRow): YtdPersonView["mayCorrect"] {
  const { period } = world;
  if (!isCalendarYear(period) || query.pay !== "employees") return [];
  return row.records
    .filter(({ connectionId }) => can(ctx, "payroll:correct", { connectionId }))
    .map(({ id }) => ({ individualId: id, year: period.year }));
}

const toOpeningView = (row: OpeningRow): OpeningView => ({
  id: row.id,
  individualId: row.individualId,
  category: row.category,
  type: row.type,
  employer: row.employer,
  currency: row.currency,
  amountCents: row.amountCents,
  throughDate: row.throughDate,
  note: row.note,
  version: row.version,
});
