import type { Sql } from "postgres";
import { testContext } from "@/lib/domain/testing";
import { getPaymentChecks } from "@/lib/domain/payroll/payments/get-payment-checks";
import { listPayments } from "@/lib/domain/payroll/payments/list-payments";
import { getYtdPerson } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { listYtd, type YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdFigures, YtdRow } from "@/lib/domain/payroll/ytd/views";
import { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";
import { chance, type Random } from "../random";
import { note, type Facts } from "./facts";
import type { Question } from "./questions";

/** What the product's pages say, in the words of the recompute. */

/** Each drill-down is a page of its own. */
const drillShare = 0.3;

export interface Shown {
  view: YtdView;
  /** Everybody, of all pages. */
  rows: YtdRow[];
  facts: Facts;
}

/** Names people as Finch does; the pages know them by ids of their own. */
export class Pages {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly sql: Sql,
    readonly customerId: string,
  ) {}

  private get reader() {
    return testContext("employer_admin", this.customerId);
  }

  async learnNames(): Promise<void> {
    const rows = await this.sql<{ id: string; name: string }[]>`
      select id, connection_id || ' ' || entity_id || ' ' || finch_individual_id as name from individuals
      where customer_id = ${this.customerId}`;
    for (const { id, name } of rows) this.names.set(id, name);
  }

  private nameOf({ records }: YtdRow): string {
    return records
      .map(({ id }) => this.names.get(id) ?? id)
      .sort(byBytes)
      .join(" + ");
  }

  /** Every page of a list, one after the other. @throws where somebody stands on two of them, or they count wrongly */
  async wages(question: Question): Promise<Shown> {
    let view = await listYtd(this.reader, question);
    const [first, rows] = [view, [...view.rows]];
    while (view.next) {
      view = await listYtd(this.reader, {
        ...question,
        after: view.next.after,
        position: view.next.position,
      });
      rows.push(...view.rows);
    }
    const facts: Facts = new Map();
    for (const row of rows) {
      const name = this.nameOf(row);
      note(facts, name, "", "listed", 1);
      note(facts, name, "", "found", row.coverage.found);
      note(facts, name, "", "first", row.coverage.firstPayDate);
      note(facts, name, "", "last", row.coverage.lastPayDate);
      for (const figures of row.figures) {
        noteFigures(facts, name, figures);
        noteOpening(facts, name, figures);
        for (const { type, hours } of figures.earnings)
          note(facts, name, figures.currency, `hours of ${type ?? "-"}`, hours);
      }
      if (row.box1?.kind !== "range") continue;
      note(facts, name, "usd", "box 1 low", row.box1.lowCents);
      note(facts, name, "usd", "box 1 high", row.box1.highCents);
    }
    if (rows.length !== first.matching || (view.to !== rows.length && rows.length > 0))
      throw new Error(`${first.matching} are counted, up to ${view.to}, and ${rows.length} shown`);
    for (const total of first.totals) {
      noteFigures(facts, "total", { ...total, without: { ...total.without, hours: 0 }, compensation: null });
      note(facts, "total", total.currency, "opening gross", total.openingGrossCents);
    }
    for (const [place, aside] of [
      ["scheduled", first.scheduled],
      ["undated", first.undated],
    ] as const)
      for (const { currency, statements, grossCents } of aside) {
        note(facts, place, currency, "statements", statements);
        note(facts, place, currency, "gross", grossCents);
      }
    for (const unit of first.units) {
      const place = `unit ${unit.connectionId}.${unit.entityId}`;
      note(facts, place, "", "runs", unit.runs);
      note(facts, place, "", "first", unit.firstPayDate);
      note(facts, place, "", "last", unit.lastPayDate);
      note(facts, place, "", "ein", unit.ein);
    }
    return { view: first, rows, facts };
  }

  /** The sums of what some figures of a person lead to, against the figures themselves. */
  async drills(question: Question, row: YtdRow, random: Random): Promise<string[]> {
    const { sort: _sort, descending: _descending, ...filter } = question;
    const wrong: string[] = [];
    for (const figures of row.figures)
      for (const [of, value] of Object.entries(measuresOf(figures, question))) {
        if (!chance(random, drillShare)) continue;
        const asked = { of: of as "gross", currency: figures.currency, query: YtdFilterInput.parse(filter) };
        const { drill } = await getYtdPerson(this.reader, { ...asked, individualId: row.individualId });
        const sum = of === "hours" ? drill.hours : of === "statements" ? drill.statements : drill.cents;
        if (String(sum) !== String(value))
          wrong.push(`${this.nameOf(row)} | ${figures.currency} | ${of}: ${value} leads to ${sum}`);
      }
    return wrong;
  }

  /** Sums of payments of a year by month, and how many there are. */
  async payments(question: {
    connections: string[];
    year: number;
  }): Promise<{ today: string; facts: Facts }> {
    const facts: Facts = new Map();
    const view = await listPayments(this.reader, question);
    for (const { currency, buckets } of view.sums)
      for (const { period, sums } of buckets)
        for (const figure of ["companyDebit", "gross", "net", "employerTaxes", "employeeTaxes"] as const) {
          note(facts, period, currency, figure, sums[figure].cents);
          note(facts, period, currency, `${figure} missing`, sums[figure].missing);
        }
    note(facts, "count", "", "paid", view.matching);
    note(facts, "count", "", "scheduled", view.scheduledCount);
    note(facts, "count", "", "undated", view.undatedCount);
    return { today: view.today, facts };
  }

  /** What the page of a payment says its statements add up to. */
  async checks(place: { connection: string; entity: string; payment: string }): Promise<Facts> {
    const [row] = await this.sql<{ id: string }[]>`
      select id from payments where connection_id = ${place.connection} and entity_id = ${place.entity}
        and finch_payment_id = ${place.payment} and deleted_at is null`;
    const facts: Facts = new Map();
    const view = await getPaymentChecks(this.reader, { paymentId: row?.id ?? place.payment });
    for (const { figure, statementsCents, currency, others } of view.checks) {
      note(facts, "check", (currency ?? "").toLowerCase(), figure, statementsCents);
      for (const other of others) note(facts, "check", other.currency, figure, other.cents);
    }
    for (const { currency, cents } of view.unknownTaxes)
      note(facts, "check", currency, "unknownTaxes", cents);
    return facts;
  }
}

/** As PostgreSQL sorts texts of ids and spaces under the C collation. */
const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

type Summed = Omit<YtdFigures, "earnings" | "opening"> & {
  earnings: readonly { type: string | null; amountCents: bigint }[];
};

function noteFigures(facts: Facts, place: string, figures: Summed): void {
  const { currency, without, compensation } = figures;
  const values: [string, bigint | number | string | null][] = [
    ["statements", figures.statements],
    ["gross", figures.grossCents],
    ["net", figures.netCents],
    ["hours", figures.hours],
    ["taxes", figures.taxesCents],
    ["employer taxes", figures.employerTaxesCents],
    ["unknown taxes", figures.unknownTaxesCents],
    ["deductions", figures.deductionsCents],
    ["contributions", figures.contributionsCents],
    ["contract", figures.contractCents],
    ["no gross", without.gross],
    ["no net", without.net],
    ["no hours", without.hours],
    ["no amount", without.amounts],
    ["compensation", compensation?.cents ?? null],
    ["uncapped", compensation?.uncappedCents ?? null],
    ...figures.earnings.map(({ type, amountCents }): [string, bigint] => [
      `earning ${type === null || type === "" ? "-" : type}`,
      amountCents,
    ]),
  ];
  for (const [figure, value] of values) note(facts, place, currency, figure, value);
}

/** What was entered for the time before, which no figure has. */
function noteOpening(facts: Facts, place: string, { currency, opening }: YtdFigures): void {
  if (!opening) return;
  const values: [string, bigint][] = [
    ["gross", opening.grossCents],
    ["net", opening.netCents],
    ["earnings", opening.earningsCents],
    ["taxes", opening.taxesCents],
    ["employer taxes", opening.employerTaxesCents],
    ["unknown taxes", opening.unknownTaxesCents],
    ["deductions", opening.deductionsCents],
    ["contributions", opening.contributionsCents],
  ];
  for (const [figure, value] of values) note(facts, place, currency, `opening ${figure}`, value);
}

function measuresOf(figures: YtdFigures, { pay, definition }: Question) {
  return {
    gross: figures.grossCents,
    net: figures.netCents,
    hours: figures.hours,
    statements: figures.statements,
    earnings: figures.earnings.reduce((sum, { amountCents }) => sum + amountCents, 0n),
    taxes: figures.taxesCents,
    employerTaxes: figures.employerTaxesCents,
    unknownTaxes: figures.unknownTaxesCents,
    deductions: figures.deductionsCents,
    contributions: figures.contributionsCents,
    ...(pay === "employees" ? { contract: figures.contractCents } : {}),
    ...(definition === "plan" ? { compensation: figures.compensation?.uncappedCents ?? 0n } : {}),
  };
}
