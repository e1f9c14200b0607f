import type { z } from "zod";
import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listPayGroupRows, listPaymentFacets } from "@/db/repositories/payroll-payment-facts";
import {
  countPayments,
  listPaymentRows,
  type PaymentFilter,
  type PaymentRow,
} from "@/db/repositories/payroll-payments";
import { countStatementsOfPayments } from "@/db/repositories/payroll-statement-counts";
import { can } from "@/lib/auth/permissions";
import type { Context, CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { toFilter, toPayrollSource, yearOf } from "@/lib/domain/payroll/payments/list-payments";
import { PaymentsQuery, type PaymentsFilterInput } from "@/lib/domain/payroll/payments/payments-query";
import { Origins, toPaymentView, type PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { dateInZone } from "@/lib/format/dates";
import { paymentColumns, toPaymentRow, type PaymentExportRow, type PaymentSection } from "./payment-columns";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { statementColumns, type StatementExportRow } from "./statement-columns";
import { statementBatches, statementIdentity } from "./statement-rows";
import { runsOf, type ExportTable, type ExportWish, type HeadLine } from "./table";

const ExportPaymentsInput = PaymentsQuery.omit({ after: true, before: true });
export type ExportPaymentsInput = z.input<typeof ExportPaymentsInput>;

const permissions = ["payroll:read", "payroll:export"] as const;
const action = "payroll.export";
const batchSize = 500;

/**
 * The payments that the page's filter shows, all pages of it, with the scheduled and undated ones that stand apart there.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportPayments(
  context: Context,
  raw: ExportPaymentsInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const query = ExportPaymentsInput.parse(raw);
  return runExport<PaymentExportRow>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const world = await readWorld(tx, ctx, query);
      return {
        ...tableOf(world, query),
        selection: selectionOf.payments(query, world.year),
        slug: "payments",
        title: "Payments",
        count: await countAll(tx, world),
        columns: paymentColumns,
        identify: ({ payment }) => ({
          key: payment.id,
          connectionId: payment.connection.id,
          individualId: null,
        }),
        batches: () => paymentBatches(tx, world, !query.ascending),
      };
    },
  });
}

/**
 * The statements of all payments that the page's filter shows: one row a statement, payment by payment.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportPaymentsStatements(
  context: Context,
  raw: ExportPaymentsInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const query = ExportPaymentsInput.parse(raw);
  return runExport<StatementExportRow>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const world = await readWorld(tx, ctx, query);
      const sections = sectionsOf(world).map(({ filter }) => filter);
      return {
        ...tableOf(world, query),
        selection: selectionOf.statements(query, world.year),
        slug: "pay-statements",
        title: "Pay statements",
        count: await countStatementsOfPayments(tx, world.customerId, sections),
        columns: statementColumns,
        identify: statementIdentity,
        batches: () => allStatements(tx, world, !query.ascending),
      };
    },
  });
}

interface World {
  customerId: string;
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
  year: number | "all";
  sources: Awaited<ReturnType<typeof visibleSources>>;
  origins: Origins;
  /** Of payments that were paid. */
  filter: PaymentFilter;
  /** Whether the reader may see who people of a connection are. */
  mayName(connectionId: string): boolean;
  /** Payments of which not every statement is here. */
  incomplete: number;
}

async function readWorld(tx: Tx, ctx: CustomerContext, query: PaymentsFilterInput): Promise<World> {
  const { customerId } = ctx.scope;
  const sources = await visibleSources(tx, ctx);
  const visible = sources.map(({ id }) => id);
  const customer = await findCustomer(tx, customerId);
  if (!customer) throw notFound("employer");
  const now = await readClock(tx);
  const groups = await listPayGroupRows(tx, customerId, visible);
  const today = dateInZone(now, customer.timeZone);
  const year = yearOf(query, await listPaymentFacets(tx, customerId, { visible, today }), today);
  const filter = toFilter(query, { visible, groups, today, year: year === "all" ? null : year });
  const paid = await countPayments(tx, customerId, filter);
  const asksComplete = query.states.length === 0 || query.states.includes("complete");
  const read = asksComplete ? await countPayments(tx, customerId, { ...filter, states: ["complete"] }) : 0;
  return {
    customerId,
    customerName: customer.name,
    timeZone: customer.timeZone,
    now,
    today,
    year,
    sources,
    origins: new Origins(sources, groups),
    filter,
    mayName: (connectionId) => can(ctx, "individual:read", { connectionId }),
    incomplete: paid - read,
  };
}

/** Paid ones by the filter's year; the page shows the others of all years, and so does the file. */
function sectionsOf({ filter }: World): { section: PaymentSection; filter: PaymentFilter }[] {
  return [
    { section: "paid", filter },
    { section: "scheduled", filter: { ...filter, when: "scheduled", year: null } },
    { section: "no pay date", filter: { ...filter, when: "undated", year: null } },
  ];
}

async function countAll(tx: Tx, world: World): Promise<number> {
  let count = 0;
  for (const { filter } of sectionsOf(world)) count += await countPayments(tx, world.customerId, filter);
  return count;
}

function tableOf(world: World, query: z.output<typeof ExportPaymentsInput>) {
  const { sources, customerName, timeZone, now } = world;
  return {
    customerName,
    timeZone,
    now,
    head: headOf(world),
    filter: filterWords(query),
    sources: sources.map(toPayrollSource),
    visible: sources.map(({ id }) => id),
  } satisfies Partial<ExportTable<never>>;
}

function headOf({ year, today, incomplete }: World): HeadLine[] {
  return [
    ["Definition", "Payments as the provider gives them: its own totals, nothing of them computed"],
    [
      "Period",
      year === "all" ? "Pay dates of all years" : `Pay dates of ${year}; scheduled and undated ones too`,
    ],
    ["As of", `${today}: later pay dates are "scheduled"`],
    [
      "Completeness",
      incomplete === 0
        ? "Every statement of the paid ones is here"
        : `Of ${incomplete} of the paid ones not every statement is here`,
    ],
  ];
}

function filterWords(query: PaymentsFilterInput): string[] {
  return [
    [query.groups.length, `${query.groups.length} pay groups`],
    [
      query.frequencies.length,
      `frequency ${query.frequencies.map((each) => each ?? "not given").join(", ")}`,
    ],
    [query.states.length, `statements ${query.states.join(", ")}`],
    [query.connections.length, `${query.connections.length} connections`],
    [query.kind === null ? 0 : 1, query.kind === "off_cycle" ? "off-cycle only" : "regular only"],
  ].flatMap(([count, words]) => (count === 0 ? [] : [String(words)]));
}

async function* paymentViews(
  tx: Tx,
  { customerId, origins }: World,
  filter: PaymentFilter,
  descending: boolean,
): AsyncGenerator<PaymentView[], void, void> {
  const read = (last: PaymentRow | null, limit: number) =>
    listPaymentRows(tx, customerId, filter, {
      descending,
      from: last && [last.payDate ?? "0001-01-01", last.id],
      limit,
    });
  for await (const rows of runsOf(batchSize, read)) yield rows.map((row) => toPaymentView(row, origins));
}

async function* paymentBatches(
  tx: Tx,
  world: World,
  descending: boolean,
): AsyncGenerator<PaymentExportRow[], void, void> {
  for (const { section, filter } of sectionsOf(world))
    for await (const views of paymentViews(tx, world, filter, descending))
      yield views.map((payment) => toPaymentRow(payment, section));
}

async function* allStatements(
  tx: Tx,
  world: World,
  descending: boolean,
): AsyncGenerator<StatementExportRow[], void, void> {
  for (const { filter } of sectionsOf(world))
    for await (const views of paymentViews(tx, world, filter, descending))
      for (const payment of views)
        yield* statementBatches(tx, world.customerId, payment, {
          filter: { paymentId: payment.id, words: [], methods: [], types: [] },
          sort: "name",
          descending: false,
          mayName: world.mayName(payment.connection.id),
        });
}
