import { z } from "zod";
import { inScope } from "@/db/client";
import { countAwaited, listAwaited, type AwaitedPersonRow } from "@/db/repositories/payroll-payment-checks";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { sortName } from "@/lib/format/names";
import { loadPayment } from "./load-payment";

export const AwaitedQuery = z.strictObject({
  paymentId: z.uuid(),
  search: z.string().max(200).default(""),
  /** The Finch id that the page follows. */
  after: z.string().max(100).nullable().default(null),
});
export type AwaitedQuery = z.input<typeof AwaitedQuery>;

export interface AwaitedPersonView {
  finchIndividualId: string;
  /** Null where the directory has nobody of that id. */
  individualId: string | null;
  name: string | null;
  /** The reader may see pay and not who people are. */
  hidden: boolean;
}

export interface AwaitedView {
  people: AwaitedPersonView[];
  matching: number;
  next: string | null;
}

const pageSize = 50;

/**
 * Whom Finch names on a payment and of whom no statement is here yet, by name, who is not in the directory last; by Finch id
 * for readers who may not see who people are.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listAwaitedStatements(context: Context, raw: AwaitedQuery): Promise<AwaitedView> {
  const { paymentId, search, after } = AwaitedQuery.parse(raw);
  requirePermission(context, "payroll:read");
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const { source } = await loadPayment(tx, ctx, paymentId);
      const mayName = can(ctx, "individual:read", { connectionId: source.id });
      const filter = { paymentId, words: mayName ? searchWords(search) : [] };
      const [found, matching] = await Promise.all([
        listAwaited(tx, customerId, filter, { after, limit: pageSize + 1, byName: mayName }),
        countAwaited(tx, customerId, filter),
      ]);
      const shown = found.slice(0, pageSize);
      return {
        people: shown.map((row) => toAwaited(row, mayName)),
        matching,
        next: found.length > pageSize ? (shown.at(-1)?.finchIndividualId ?? null) : null,
      };
    },
    { readOnly: true },
  );
}

/** A person without a statement by allow-list. */
export function toAwaited(row: AwaitedPersonRow, mayName: boolean): AwaitedPersonView {
  const { firstName: first, lastName: last, preferredName: preferred } = row;
  return {
    finchIndividualId: row.finchIndividualId,
    individualId: row.gone || !mayName ? null : row.individualId,
    name: mayName ? sortName({ first, last, preferred }) : null,
    hidden: !mayName,
  };
}
