import type { IncomeRow, SealedSsnRow } from "@/db/repositories/individual-details";
import type { SourceRow } from "@/db/repositories/individual-sources";
import type { DirectoryRow, IndividualNameRow } from "@/db/repositories/individuals";
import { displayName, sortName } from "@/lib/format/names";
import type { DataClasses } from "./data-classes";
import { toField, type Field, type ReadState } from "./field";
import { readState } from "./read-state";

/** An amount in minor units for a unit of time, as the provider gave it: never annualised. */
export interface IncomeView {
  amountCents: bigint;
  currency: string | null;
  unit: string | null;
  effectiveDate: string | null;
}

export interface DirectoryRowView {
  id: string;
  /** "Abebe, Hanna"; null where the provider gave no name. */
  name: string | null;
  workEmail: Field<string>;
  title: Field<string>;
  department: Field<string>;
  manager: Field<{ id: string; name: string }>;
  type: Field<string>;
  subtype: Field<string>;
  status: Field<string>;
  isActive: boolean | null;
  startDate: Field<string>;
  /** Left out where the reader may not see income. */
  income?: Field<IncomeView>;
  /** Left out where the reader may not see that an SSN is held. */
  ssn?: Field<never>;
  connection: { id: string; providerName: string };
}

export interface DirectoryRowParts {
  row: DirectoryRow;
  source: SourceRow;
  classes: DataClasses;
  manager: IndividualNameRow | undefined;
  income: IncomeRow | undefined;
  ssn: SealedSsnRow | undefined;
}

export const read: ReadState = { kind: "read" };

export function toIncomeField(state: ReadState, row: IncomeRow | undefined): Field<IncomeView> {
  if (state.kind !== "read") return state;
  if (!row || row.amountCents === null) return { kind: "none" };
  const { amountCents, currency, unit, effectiveDate } = row;
  return { kind: "value", value: { amountCents, currency, unit, effectiveDate } };
}

export function toSsnField(state: ReadState, row: SealedSsnRow | undefined): Field<never> {
  // A product that was withdrawn takes what it brought out of sight, before the next sync deletes it.
  if (state.kind === "no_access") return state;
  if (row) return { kind: "masked", lastFour: row.lastFour };
  if (state.kind !== "read") return state;
  return { kind: "none" };
}

export function toManagerField(
  row: IndividualNameRow | undefined,
  finchId: string | null,
): Field<{ id: string; name: string }> {
  if (!finchId || !row) return { kind: "none" };
  const name = displayName({ first: row.firstName, last: row.lastName, preferred: row.preferredName });
  return { kind: "value", value: { id: row.id, name: name ?? "Unnamed person" } };
}

/** One line of the directory by allow-list: what the reader may not see is not in it at all. */
export function toDirectoryRow({
  row,
  source,
  classes,
  manager,
  income,
  ssn,
}: DirectoryRowParts): DirectoryRowView {
  const employment = readState({
    source,
    product: "employment",
    fetchedAt: row.employmentFetchedAt,
    error: row.employmentError,
  });
  const ssnState = readState({
    source,
    product: "ssn",
    fetchedAt: row.individualFetchedAt,
    error: row.individualError,
  });
  return {
    id: row.id,
    name: sortName({ first: row.firstName, last: row.lastName, preferred: row.preferredName }),
    workEmail: toField(read, row.workEmail),
    title: toField(employment, row.title),
    department: toField(read, row.department),
    manager: toManagerField(manager, row.managerFinchId),
    type: toField(employment, row.employmentType),
    subtype: toField(employment, row.employmentSubtype),
    status: toField(employment, row.employmentStatus),
    isActive: row.isActive,
    startDate: toField(employment, row.startDate),
    ...(classes.income ? { income: toIncomeField(employment, income) } : {}),
    ...(classes.ssn ? { ssn: toSsnField(ssnState, ssn) } : {}),
    connection: { id: source.id, providerName: source.providerName },
  };
}
