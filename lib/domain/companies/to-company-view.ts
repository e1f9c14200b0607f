import { z } from "zod";
import type { CompanyRow } from "@/db/repositories/company-details";
import type { HeldNumberRow } from "@/db/repositories/sealed-values";
import { toAddress, type AddressView } from "@/lib/domain/individuals/address";
import { toField, type Field, type ReadState } from "@/lib/domain/individuals/field";

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

export interface CompanyView {
  id: string;
  legalName: Field<string>;
  ein: Field<string>;
  entityType: Field<string>;
  entitySubtype: Field<string>;
  email: Field<string>;
  phone: Field<string>;
  locations: Field<AddressView[]>;
  departmentCount: number | null;
  /** Null where the reader's role does not include bank accounts. */
  accounts: BankAccountView[] | null;
}

const text = z.string().nullish();
const Accounts = z.array(z.object({ accountName: text, institutionName: text, accountType: text })).catch([]);
const list = z.array(z.unknown()).nullable().catch(null);
const read: ReadState = { kind: "read" };

/** A company by allow-list. `held` is null where the reader may not see bank accounts. */
export function toCompanyView(
  row: CompanyRow,
  held: readonly HeldNumberRow[] | null,
  mayReveal: boolean,
): CompanyView {
  const locations = list.parse(row.locations)?.flatMap((location) => {
    const lines = toAddress(location);
    return lines ? [lines] : [];
  });
  return {
    id: row.id,
    legalName: toField(read, row.legalName),
    ein: toField(read, row.ein),
    entityType: toField(read, row.entityType),
    entitySubtype: toField(read, row.entitySubtype),
    email: toField(read, row.primaryEmail),
    phone: toField(read, row.primaryPhoneNumber),
    locations: toField(read, locations?.length ? locations : null),
    departmentCount: list.parse(row.departments)?.length ?? null,
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
