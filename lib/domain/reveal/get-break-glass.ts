import { z } from "zod";
import { inScope } from "@/db/client";
import { findCustomer, listCustomers } from "@/db/repositories/customers";
import { listHeldSsnOwners } from "@/db/repositories/sealed-values";
import { findStaffPerson, searchStaffPeople, type StaffPersonRow } from "@/db/repositories/staff-people";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { nameOr } from "@/lib/format/names";

const text = z
  .string()
  .max(200)
  .transform((value) => value.replaceAll("\0", ""))
  .default("");

export const GetBreakGlassInput = z.strictObject({
  employerSearch: text,
  customerId: z.uuid().nullable().default(null),
  personSearch: text,
  individualId: z.uuid().nullable().default(null),
});
export type GetBreakGlassInput = z.input<typeof GetBreakGlassInput>;

export interface BreakGlassPersonView {
  id: string;
  name: string;
  providerName: string;
  isActive: boolean | null;
  /** Whether there is an SSN to open. */
  ssnHeld: boolean;
}

export interface BreakGlassView {
  /** Employers to choose from, while none is chosen. */
  employers: { id: string; name: string }[];
  employer: { id: string; name: string } | null;
  /** People found by name; null while nothing is searched for. */
  people: BreakGlassPersonView[] | null;
  person: BreakGlassPersonView | null;
}

const shownEmployers = 8;
const shownPeople = 12;
/** Shorter words would list whoever is there. */
const minSearchLength = 2;

/** The steps to one SSN: employers and people by name only, as staff may see them. @throws DomainError FORBIDDEN */
export async function getBreakGlass(ctx: Context, raw: GetBreakGlassInput): Promise<BreakGlassView> {
  requirePermission(ctx, "platform:break_glass");
  const input = GetBreakGlassInput.parse(raw);
  if (!input.customerId) return chooseEmployer(ctx, input.employerSearch);
  return choosePerson(ctx, input.customerId, input.personSearch, input.individualId);
}

async function chooseEmployer(ctx: Context, search: string): Promise<BreakGlassView> {
  const rows = await inScope(
    { ...ctx, scope: { kind: "platform" } },
    (tx) => listCustomers(tx, { search, after: null, limit: shownEmployers }),
    { readOnly: true },
  );
  const employers = rows.map(({ id, name }) => ({ id, name }));
  return { employers, employer: null, people: null, person: null };
}

function choosePerson(
  ctx: Context,
  customerId: string,
  search: string,
  individualId: string | null,
): Promise<BreakGlassView> {
  const words = search.trim().length >= minSearchLength ? searchWords(search) : [];
  return inScope(
    { ...ctx, scope: { kind: "customer", customerId, connectionIds: "all" } },
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) return { employers: [], employer: null, people: null, person: null };
      const found = words.length > 0 ? await searchStaffPeople(tx, customerId, words, shownPeople) : null;
      const chosen = individualId ? await findStaffPerson(tx, customerId, individualId) : null;
      const all = [...(found ?? []), ...(chosen ? [chosen] : [])];
      const held = new Set(
        await listHeldSsnOwners(
          tx,
          customerId,
          all.map(({ id }) => id),
        ),
      );
      return {
        employers: [],
        employer: { id: customer.id, name: customer.name },
        people: found?.map((row) => toPerson(row, held)) ?? null,
        person: chosen ? toPerson(chosen, held) : null,
      };
    },
    { readOnly: true },
  );
}

function toPerson(row: StaffPersonRow, held: ReadonlySet<string>): BreakGlassPersonView {
  return {
    id: row.id,
    name: nameOr({ first: row.firstName, last: row.lastName }),
    providerName: row.providerName,
    isActive: row.isActive,
    ssnHeld: row.products.includes("ssn") && held.has(row.id),
  };
}
