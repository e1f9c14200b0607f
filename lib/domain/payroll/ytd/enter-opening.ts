import { inScope, type Tx } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import {
  findFirstPayDate,
  insertOpeningBalance,
  listOpeningBalances,
  lockOpeningBalance,
  lockOpeningsOf,
  updateOpeningBalance,
  type OpeningRow,
} from "@/db/repositories/opening-balances";
import { listYtdPersons } from "@/db/repositories/ytd-facts";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { formatDate } from "@/lib/format/dates";
import { ChangeOpeningInput, CreateOpeningInput, RemoveOpeningInput, toCategory } from "./opening-input";

/** Opening balances (DOMAIN 1.5): what was paid in a year before the mirror begins, as an administrator says. */

const userOf = ({ actor }: Context) => (actor.kind === "user" ? actor.userId : null);

/** A balance is of the days before the first statement: what is here must not be counted twice. */
async function requireBefore(
  tx: Tx,
  { customerId, individualId, year }: { customerId: string; individualId: string; year: number },
  throughDate: string,
): Promise<void> {
  const field = "throughDate";
  if (!throughDate.startsWith(`${year}-`))
    throw new DomainError("INVALID", `The last pay date is one of ${year}.`, { field });
  if (throughDate > (await readToday(tx, customerId)))
    throw new DomainError("INVALID", "The last pay date is not over yet.", { field });
  const first = await findFirstPayDate(tx, customerId, individualId, year);
  if (first !== null && first <= throughDate)
    throw new DomainError(
      "INVALID",
      `Statements are here from ${formatDate(first)} on. Choose a day before that, so that nothing counts twice.`,
      { field },
    );
}

/**
 * Enters what a person was paid in a calendar year before the statements that are here begin.
 * @throws DomainError FORBIDDEN, NOT_FOUND (person), INVALID, CONFLICT (one of that kind is there already)
 */
export async function createOpeningBalance(
  context: Context,
  raw: CreateOpeningInput,
): Promise<{ id: string }> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:correct");
  const input = CreateOpeningInput.parse(raw);
  return inScope(ctx, async (tx) => {
    const { customerId } = ctx.scope;
    const visible = (await visibleSources(tx, ctx)).map(({ id }) => id);
    const [person] = await listYtdPersons(tx, customerId, [input.individualId]);
    if (!person || !visible.includes(person.connectionId)) throw notFound("person");
    requirePermission(ctx, "payroll:correct", { connectionId: person.connectionId });
    await lockOpeningsOf(tx, person.id);
    await requireBefore(tx, { customerId, ...input }, input.throughDate);
    const { category, employer } = toCategory(input.kind);
    const others = await listOpeningBalances(tx, customerId, input.year, visible);
    const isThere = others.some(
      (row) =>
        row.individualId === input.individualId &&
        row.category === category &&
        row.employer === employer &&
        row.currency === input.currency,
    );
    if (isThere)
      throw new DomainError("CONFLICT", "This amount was entered already. Change the one that is there.", {
        field: "kind",
      });
    const place = {
      customerId,
      connectionId: person.connectionId,
      entityId: person.entityId,
      individualId: person.id,
      year: input.year,
    };
    const { currency, amountCents, throughDate, note } = input;
    const values = {
      category,
      employer,
      type: null,
      name: null,
      preTax: null,
      currency,
      amountCents,
      throughDate,
      note,
    };
    const id = await insertOpeningBalance(tx, place, values, userOf(ctx));
    await recordAudit(
      tx,
      ctx,
      "opening_balance.enter",
      { type: "individuals", id: person.id },
      {
        year: String(input.year),
        kind: input.kind,
        currency,
        amountCents: String(amountCents),
        throughDate,
      },
    );
    return { id };
  });
}

async function lockSame(
  tx: Tx,
  ctx: CustomerContext,
  { id, version }: { id: string; version: number },
): Promise<OpeningRow> {
  const visible = new Set((await visibleSources(tx, ctx)).map((source) => source.id));
  const row = await lockOpeningBalance(tx, ctx.scope.customerId, id);
  if (!row || !visible.has(row.connectionId)) throw notFound("opening balance");
  requirePermission(ctx, "payroll:correct", { connectionId: row.connectionId });
  if (row.version !== version)
    throw new DomainError(
      "CONFLICT",
      "Somebody else changed this balance meanwhile. Reload the page and look again.",
    );
  return row;
}

const auditOf = (row: OpeningRow) => ({
  year: String(row.year),
  kind: row.category,
  currency: row.currency,
  before: String(row.amountCents),
});

/** Changes an opening balance. @throws DomainError FORBIDDEN, NOT_FOUND, INVALID, CONFLICT (changed meanwhile) */
export async function changeOpeningBalance(
  context: Context,
  raw: ChangeOpeningInput,
): Promise<{ changed: true }> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:correct");
  const { amountCents, throughDate, note, ...seen } = ChangeOpeningInput.parse(raw);
  return inScope(ctx, async (tx) => {
    const { customerId } = ctx.scope;
    const row = await lockSame(tx, ctx, seen);
    await requireBefore(tx, { customerId, ...row }, throughDate);
    await updateOpeningBalance(tx, customerId, row.id, { amountCents, throughDate, note }, userOf(ctx));
    const details = { ...auditOf(row), amountCents: String(amountCents), throughDate };
    await recordAudit(
      tx,
      ctx,
      "opening_balance.change",
      { type: "individuals", id: row.individualId },
      details,
    );
    return { changed: true };
  });
}

/** Takes an opening balance out of the sums again; it is kept. @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT */
export async function removeOpeningBalance(
  context: Context,
  raw: RemoveOpeningInput,
): Promise<{ removed: true }> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:correct");
  const seen = RemoveOpeningInput.parse(raw);
  return inScope(ctx, async (tx) => {
    const row = await lockSame(tx, ctx, seen);
    await updateOpeningBalance(tx, ctx.scope.customerId, row.id, "remove", userOf(ctx));
    await recordAudit(
      tx,
      ctx,
      "opening_balance.remove",
      { type: "individuals", id: row.individualId },
      auditOf(row),
    );
    return { removed: true };
  });
}
