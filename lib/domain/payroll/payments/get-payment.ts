import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { countAwaited } from "@/db/repositories/payroll-payment-checks";
import {
  countPeopleChanges,
  listChangedPeople,
  listEarlierRuns,
  type ChangedPersonRow,
} from "@/db/repositories/payroll-runs";
import { listStatementFacets } from "@/db/repositories/payroll-statements";
import { can, requirePermission } from "@/lib/auth/permissions";
import { itemErrorWords, type ItemErrorWords } from "@/lib/domain/connections/detail/item-error-words";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { sortName } from "@/lib/format/names";
import { compareRuns, withoutCorrections, type RunFigures } from "./group-runs";
import type { PayrollSourceView } from "./list-payments";
import { loadPayment, type LoadedPayment } from "./load-payment";
import type { PaymentView } from "./to-payment-view";

export const GetPaymentInput = z.strictObject({ paymentId: z.uuid() });
export type GetPaymentInput = z.infer<typeof GetPaymentInput>;

export interface ChangedPersonView {
  /** Null where the directory has nobody of that id. */
  individualId: string | null;
  name: string | null;
}

export interface RunChangeView extends RunFigures {
  earlier: { id: string; payDate: string };
  /** Null where Finch names nobody on one of the two. */
  joined: { count: number; people: ChangedPersonView[] } | null;
  left: { count: number; people: ChangedPersonView[] } | null;
}

export interface PaymentProblem extends ItemErrorWords {
  /** Finch's own word. */
  code: string | null;
}

export interface PaymentDetailView {
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
  payment: PaymentView;
  source: PayrollSourceView;
  finchPaymentId: string;
  /** When its statements were last read to the end. */
  statementsFetchedAt: Date | null;
  problem: PaymentProblem | null;
  /** Statements that are here, with what they can be narrowed to. */
  here: number;
  methods: { value: string | null; count: number }[];
  types: { value: string | null; count: number }[];
  /** People whom Finch names on the payment and of whom no statement is here. */
  awaited: number;
  /** Against the regular run of the same group before it; null where there is none. */
  change: RunChangeView | null;
}

/** People who joined or left that are named at once. */
const namedPeople = 12;
/** Corrections of the same period may stand between a run and the one before it. */
const looksBack = 6;

/**
 * One payment: where it comes from, what is missing of it, and what changed since the run before.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getPayment(context: Context, raw: GetPaymentInput): Promise<PaymentDetailView> {
  requirePermission(context, "payroll:read");
  const ctx = requireCustomer(context);
  const input = GetPaymentInput.safeParse(raw);
  if (!input.success) throw notFound("payment");
  const { paymentId } = input.data;
  return inScope(
    ctx,
    async (tx) => {
      const { row, ...loaded } = await loadPayment(tx, ctx, paymentId);
      const { customerId } = ctx.scope;
      const [facets, awaited, change] = await Promise.all([
        listStatementFacets(tx, customerId, paymentId),
        countAwaited(tx, customerId, { paymentId, words: [] }),
        loadChange(tx, ctx, loaded.payment),
      ]);
      return {
        ...loaded,
        finchPaymentId: row.finchPaymentId,
        statementsFetchedAt: row.statementsFetchedAt,
        problem: toProblem(row, loaded.source.providerName),
        here: facets.total,
        methods: facets.methods,
        types: facets.types,
        awaited,
        change,
      };
    },
    { readOnly: true },
  );
}

const ItemError = z.object({
  code: z.number().nullish(),
  name: z.string().nullish(),
  finchCode: z.string().nullish(),
});

function toProblem({ statementsError }: LoadedPayment["row"], providerName: string): PaymentProblem | null {
  if (statementsError === null || statementsError === undefined) return null;
  const { code = null, name = null, finchCode = null } = ItemError.catch({}).parse(statementsError);
  return {
    ...itemErrorWords({ product: "pay_statements", code, name, finchCode, providerName }),
    code: finchCode ?? name ?? (code === null ? null : String(code)),
  };
}

async function loadChange(
  tx: Tx,
  ctx: CustomerContext,
  { id, kind, connection }: PaymentView,
): Promise<RunChangeView | null> {
  if (kind !== "regular") return null;
  const { customerId } = ctx.scope;
  const runs = withoutCorrections(await listEarlierRuns(tx, customerId, { paymentId: id, limit: looksBack }));
  const own = runs.at(-1);
  const earlier = runs.at(-2);
  // A correction of a period is compared with nothing: its run is.
  if (own?.id !== id || !earlier) return null;
  const pair = { id, earlierId: earlier.id };
  const counts = (await countPeopleChanges(tx, customerId, [pair])).get(id);
  // Who may see pay and not who people are gets the numbers alone.
  const named = counts && can(ctx, "individual:read", { connectionId: connection.id });
  const people = named ? await listChangedPeople(tx, customerId, { ...pair, limit: namedPeople }) : [];
  const who = (change: ChangedPersonRow["change"]) =>
    people.filter((person) => person.change === change).map(toChangedPerson);
  return {
    ...compareRuns(own, earlier),
    earlier: { id: earlier.id, payDate: earlier.payDate },
    joined: counts ? { count: counts.joined, people: who("joined") } : null,
    left: counts ? { count: counts.left, people: who("left") } : null,
  };
}

function toChangedPerson(row: ChangedPersonRow): ChangedPersonView {
  const { firstName: first, lastName: last, preferredName: preferred } = row;
  return { individualId: row.gone ? null : row.individualId, name: sortName({ first, last, preferred }) };
}
