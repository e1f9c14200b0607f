import { z } from "zod";
import type { CompanyRow } from "@/db/repositories/company-details";
import type { HeldNumberRow } from "@/db/repositories/sealed-values";
import { toAddress, type AddressView } from "@/lib/domain/individuals/address";
import { toField, type Field, type ReadState } from "@/lib/domain/individuals/field";
import { toDepartmentTree, type DepartmentTree } from "./department-tree";

/** A number that is held: its last four digits, since when, and whether the reader may open it. */
export interface HeldNumberView {
  lastFour: string | null;
  sealedAt: Date;
  mayReveal: boolean;
}

export interface BankAccountView {
  /** The account's place in the provider's list; names it in a reveal. */
  ordinal: number;
  name: string | null;
  institution: string | null;
  type: string | null;
  /** Null where the provider gave none. */
  account: HeldNumberView | null;
  routing: HeldNumberView | null;
}

/** A legal entity of a connection that has several (Finch: introspect). */
export interface EntityView {
  id: string;
  name: string | null;
  /** As it came: connected, disconnected, … */
  status: string | null;
}

export interface CompanyView {
  id: string;
  /** Null where the connection has a single entity. */
  entity: EntityView | null;
  legalName: Field<string>;
  ein: Field<string>;
  entityType: Field<string>;
  entitySubtype: Field<string>;
  email: Field<string>;
  phone: Field<string>;
  locations: Field<AddressView[]>;
  departmentCount: number | null;
  /** Null where the provider gave no list. */
  departments: DepartmentTree | null;
  /** Null where the reader's role does not include bank accounts. */
  accounts: BankAccountView[] | null;
}

const text = z.string().nullish();
const Accounts = z.array(z.object({ accountName: text, institutionName: text, accountType: text })).catch([]);
const list = z.array(z.unknown()).nullable().catch(null);
const read: ReadState = { kind: "read" };

const Entities = z.array(z.object({ id: z.string(), name: text, status: text })).catch([]);

/** The entities of connections.entities, as introspection gave them. */
export const toEntities = (raw: unknown): EntityView[] =>
  Entities.parse(raw).map(({ id, name, status }) => ({ id, name: name ?? null, status: status ?? null }));

const LocationName = z.object({ name: text }).catch({});

/** A location's own name stands above its address, where it has one and it says more. */
function toLocation(raw: unknown): AddressView | null {
  const address = toAddress(raw);
  const name = LocationName.parse(raw).name?.trim();
  if (!name || address?.includes(name)) return address;
  return [name, ...(address ?? [])];
}

interface CompanyParts {
  row: CompanyRow;
  entities: readonly EntityView[];
  /** Null where the reader may not see bank accounts. */
  held: readonly HeldNumberRow[] | null;
  mayReveal: boolean;
}

/** A company by allow-list. */
export function toCompanyView({ row, entities, held, mayReveal }: CompanyParts): CompanyView {
  const locations = list.parse(row.locations)?.flatMap((location) => {
    const lines = toLocation(location);
    return lines ? [lines] : [];
  });
  return {
    id: row.id,
    entity: entities.find(({ id }) => id === row.entityId) ?? null,
    legalName: toField(read, row.legalName),
    ein: toField(read, row.ein),
    entityType: toField(read, row.entityType),
    entitySubtype: toField(read, row.entitySubtype),
    email: toField(read, row.primaryEmail),
    phone: toField(read, row.primaryPhoneNumber),
    locations: toField(read, locations?.length ? locations : null),
    departmentCount: list.parse(row.departments)?.length ?? null,
    departments: toDepartmentTree(row.departments),
    accounts: held && toAccounts(row, held, mayReveal),
  };
}

function toAccounts(row: CompanyRow, held: readonly HeldNumberRow[], mayReveal: boolean): BankAccountView[] {
  const numberOf = (ordinal: number, kind: string): HeldNumberView | null => {
    const found = held.find(
      (each) => each.ownerId === row.id && each.ordinal === ordinal && each.kind === kind,
    );
    return found ? { lastFour: found.lastFour, sealedAt: found.updatedAt, mayReveal } : null;
  };
  return Accounts.parse(row.accounts ?? []).map((account, ordinal) => ({
    ordinal,
    name: account.accountName ?? null,
    institution: account.institutionName ?? null,
    type: account.accountType ?? null,
    account: numberOf(ordinal, "account"),
    routing: numberOf(ordinal, "routing"),
  }));
}
