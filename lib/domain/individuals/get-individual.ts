import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { findProfile, findTraits, listIncome, listSealedSsns } from "@/db/repositories/individual-details";
import { findIndividual, listNamesByFinchId } from "@/db/repositories/individuals";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { dataClasses } from "./data-classes";
import { visibleSources } from "./resolve-filter";
import { toIndividualView, type IndividualView } from "./to-individual-view";

export const GetIndividualInput = z.strictObject({ individualId: z.uuid() });
export type GetIndividualInput = z.infer<typeof GetIndividualInput>;

/**
 * One person's profile, holding exactly what the reader may see.
 * @throws DomainError FORBIDDEN, NOT_FOUND (also for a disconnected connection and for another employer's person)
 */
export async function getIndividual(ctx: Context, raw: GetIndividualInput): Promise<ProfileView> {
  requirePermission(ctx, "individual:read");
  const input = GetIndividualInput.safeParse(raw);
  if (!input.success) throw notFound("person");
  return inScope(ctx, (tx) => readIndividual(tx, ctx, input.data.individualId), { readOnly: true });
}

export interface ProfileView {
  person: IndividualView;
  customerName: string;
  timeZone: string;
  /** The database's clock. */
  now: Date;
}

/** Reads a profile in a scope that is already entered; the caller has checked the permission. */
export async function readIndividual(tx: Tx, ctx: Context, individualId: string): Promise<ProfileView> {
  const { customerId } = requireCustomer(ctx).scope;
  const [customer, now] = await Promise.all([findCustomer(tx, customerId), readClock(tx)]);
  const sources = await visibleSources(tx, ctx);
  const row = await findIndividual(
    tx,
    customerId,
    individualId,
    sources.map((source) => source.id),
  );
  const source = sources.find((each) => each.id === row?.connectionId);
  if (!customer || !row || !source) throw notFound("person");
  const classes = dataClasses(ctx, row.connectionId);
  const [managers, profile, traits, incomes, ssns] = await Promise.all([
    row.managerFinchId ? listNamesByFinchId(tx, customerId, [source.id], [row.managerFinchId]) : [],
    classes.pii ? findProfile(tx, customerId, row.id) : null,
    classes.traits ? findTraits(tx, customerId, row.id) : null,
    classes.income ? listIncome(tx, customerId, row.id) : [],
    classes.ssn ? listSealedSsns(tx, customerId, [row.id]) : [],
  ]);
  const person = toIndividualView(ctx, {
    row,
    source,
    manager: managers[0],
    profile,
    traits,
    incomes,
    ssn: ssns[0],
  });
  return { person, customerName: customer.name, timeZone: customer.timeZone, now };
}
