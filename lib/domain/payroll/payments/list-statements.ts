import { inScope, type Tx } from "@/db/client";
import {
  countStatements,
  findStatementPlace,
  listStatementRows,
  sumLinesOf,
  type LineSumRow,
  type StatementFilter,
  type StatementRow,
} from "@/db/repositories/payroll-statements";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { statementsPageSize } from "@/lib/format/pay-choices";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { sortName } from "@/lib/format/names";
import { loadPayment } from "./load-payment";
import { StatementsQuery } from "./statements-query";
import type { Amount } from "./to-payment-view";

/** A sum of lines in one currency; `missing` of them had no amount. */
export interface LineSum extends Amount {
  missing: number;
}

export interface StatementRowView {
  id: string;
  /** `hidden` where the reader may see pay and not who people are. */
  person: { id: string; name: string | null; hidden: boolean; gone: boolean };
  /** 2 for a person's second slip in the payment. */
  number: number;
  type: string | null;
  paymentMethod: string | null;
  hours: string | null;
  gross: Amount | null;
  net: Amount | null;
  /** By currency; empty where there are no such lines. */
  employeeTaxes: LineSum[];
  /** Taxes that do not say who pays them: in neither side's sums (DOMAIN 1.1). */
  unknownTaxes: LineSum[];
  deductions: LineSum[];
  /** The employer's taxes and contributions, on top of gross. */
  employerCost: LineSum[];
  /** Kinds of lines of which Finch gave no list at all, which is not the same as an empty one. */
  notGiven: string[];
  /** No identity of DOMAIN 1.1 holds for its gross or net. */
  doesNotAddUp: boolean;
}

export interface StatementsView {
  rows: StatementRowView[];
  matching: number;
  from: number;
  to: number;
  previous: { before: string; position: number } | null;
  next: { after: string; position: number } | null;
}

interface Page {
  rows: StatementRow[];
  earlier: boolean;
  later: boolean;
}

async function readPage(
  tx: Tx,
  customerId: string,
  filter: StatementFilter,
  query: StatementsQuery,
  byName: boolean,
): Promise<Page> {
  const order = { sort: query.sort, descending: query.descending, byName };
  const backwards = query.before !== null;
  const pivot = query.before === "end" ? null : (query.before ?? query.after);
  const from = pivot ? await findStatementPlace(tx, customerId, pivot, order) : null;
  const limit = statementsPageSize + 1;
  const found = await listStatementRows(tx, customerId, filter, { ...order, from, backwards, limit });
  const more = found.length > statementsPageSize;
  if (!backwards) return { rows: found.slice(0, statementsPageSize), earlier: from !== null, later: more };
  // Too few before this one for a page: then the first page is what is meant.
  if (!more && query.before !== "end")
    return readPage(tx, customerId, filter, { ...query, before: null, after: null }, byName);
  return { rows: more ? found.slice(1) : found, earlier: more, later: from !== null };
}

function positionOf({ position }: StatementsQuery, page: Page, matching: number): number {
  if (page.rows.length === 0) return 0;
  if (!page.earlier) return 1;
  const last = Math.max(1, matching - page.rows.length + 1);
  return page.later ? Math.min(position, last) : last;
}

/**
 * A page of 50 statements of a payment, in any order and with any filter; by id instead of names for readers who may not
 * see who people are.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listStatements(
  context: Context,
  raw: Partial<StatementsQuery> & { paymentId: string },
): Promise<StatementsView> {
  const query = StatementsQuery.parse(raw);
  requirePermission(context, "payroll:read");
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const { source } = await loadPayment(tx, ctx, query.paymentId);
      const mayName = can(ctx, "individual:read", { connectionId: source.id });
      const filter = toStatementFilter(mayName ? query : { ...query, search: "" });
      const [page, matching] = await Promise.all([
        readPage(tx, customerId, filter, query, mayName),
        countStatements(tx, customerId, filter),
      ]);
      const sums = await sumLinesOf(
        tx,
        customerId,
        page.rows.map(({ id }) => id),
      );
      const from = positionOf(query, page, matching);
      const [first, last] = [page.rows[0], page.rows.at(-1)];
      return {
        rows: page.rows.map((row) =>
          toStatementRow(
            row,
            sums.filter(({ statementId }) => statementId === row.id),
            mayName,
          ),
        ),
        matching,
        from,
        to: page.rows.length === 0 ? 0 : from + page.rows.length - 1,
        previous:
          page.earlier && first
            ? { before: first.id, position: Math.max(1, from - statementsPageSize) }
            : null,
        next: page.later && last ? { after: last.id, position: from + page.rows.length } : null,
      };
    },
    { readOnly: true },
  );
}

export const toStatementFilter = (
  query: Pick<StatementsQuery, "paymentId" | "search" | "methods" | "types">,
): StatementFilter => ({
  paymentId: query.paymentId,
  words: searchWords(query.search),
  methods: query.methods,
  types: query.types,
});

/** Adds lines up by currency, those without an amount counted. */
function total(sums: readonly LineSumRow[], belongs: (row: LineSumRow) => boolean): LineSum[] {
  const totals = new Map<string, LineSum>();
  for (const row of sums.filter(belongs)) {
    const found = totals.get(row.currency) ?? { amountCents: 0n, currency: row.currency || null, missing: 0 };
    found.amountCents += row.cents;
    found.missing += row.missing;
    totals.set(row.currency, found);
  }
  return [...totals.values()];
}

/** A statement by allow-list. */
export function toStatementRow(
  row: StatementRow,
  sums: readonly LineSumRow[],
  mayName: boolean,
): StatementRowView {
  const { firstName: first, lastName: last, preferredName: preferred } = row;
  const amount = (amountCents: bigint | null, currency: string | null) =>
    amountCents === null ? null : { amountCents, currency };
  return {
    id: row.id,
    person: {
      id: row.individualId,
      name: mayName ? sortName({ first, last, preferred }) : null,
      hidden: !mayName,
      gone: row.personDeletedAt !== null,
    },
    number: row.ordinal + 1,
    type: row.type,
    paymentMethod: row.paymentMethod,
    hours: row.totalHours,
    gross: amount(row.grossPayCents, row.grossPayCurrency),
    net: amount(row.netPayCents, row.netPayCurrency),
    employeeTaxes: total(sums, ({ category, employer }) => category === "tax" && employer === false),
    unknownTaxes: total(sums, ({ category, employer }) => category === "tax" && employer === null),
    deductions: total(sums, ({ category }) => category === "deduction"),
    employerCost: total(
      sums,
      ({ category, employer }) => category === "contribution" || (category === "tax" && employer === true),
    ),
    notGiven: row.nullCategories ?? [],
    doesNotAddUp: row.grossIdentity === "none" || row.netIdentity === "none",
  };
}
