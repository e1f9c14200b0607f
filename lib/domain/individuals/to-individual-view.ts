import type { IncomeRow, ProfileRow, SealedSsnRow, TraitsRow } from "@/db/repositories/individual-details";
import type { SourceRow } from "@/db/repositories/individual-sources";
import type { IndividualNameRow, IndividualRow } from "@/db/repositories/individuals";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { displayName, legalName } from "@/lib/format/names";
import { toAddress, toContacts, type AddressView, type ContactView } from "./address";
import { toCustomFields, type CustomFieldView } from "./custom-fields";
import { dataClasses } from "./data-classes";
import { toField, type Field, type ReadState } from "./field";
import { readState, toItemError, type ItemErrorView } from "./read-state";
import { read, toIncomeField, toManagerField, toSsnField, type IncomeView } from "./to-directory-row";

export interface PersonalView {
  dob: Field<string>;
  residence: Field<AddressView>;
  emails: Field<ContactView[]>;
  phoneNumbers: Field<ContactView[]>;
}

export interface TraitsView {
  gender: Field<string>;
  ethnicity: Field<string>;
  maritalStatus: Field<string>;
}

export interface EmploymentView {
  title: Field<string>;
  department: Field<string>;
  manager: Field<{ id: string; name: string }>;
  type: Field<string>;
  subtype: Field<string>;
  status: Field<string>;
  startDate: Field<string>;
  latestRehireDate: Field<string>;
  endDate: Field<string>;
  location: Field<AddressView>;
  flsaStatus: Field<string>;
  classCode: Field<string>;
  unionCode: Field<string>;
  unionLocal: Field<string>;
  highlyCompensatedEmployee: Field<boolean>;
  keyEmployee: Field<boolean>;
  customFields: Field<CustomFieldView[]>;
}

/** A data class as a whole: shown field by field, or not in the answer at all. */
export type ClassView<T> = ({ kind: "shown" } & T) | { kind: "hidden" };

export interface IndividualView {
  id: string;
  name: string | null;
  legalName: Field<string>;
  preferredName: Field<string>;
  workEmail: Field<string>;
  isActive: boolean | null;
  connection: { id: string; providerName: string; asOf: Date | null; actionNeeded: boolean };
  employment: EmploymentView;
  personal: ClassView<PersonalView>;
  traits: ClassView<TraitsView>;
  income: ClassView<{ current: Field<IncomeView>; history: IncomeView[] }>;
  identifiers: {
    finchIndividualId: string;
    sourceId: Field<string>;
    ssn: Field<never>;
    /** Since when the SSN is held, and whether the reader may open it; null where none is shown. */
    ssnHeld: { sealedAt: Date; mayReveal: boolean } | null;
  };
  /** What Finch answered for this person instead of data. */
  problems: { part: "individual" | "employment"; error: ItemErrorView }[];
}

export interface IndividualParts {
  row: IndividualRow;
  source: SourceRow;
  manager: IndividualNameRow | undefined;
  profile: ProfileRow | null;
  traits: TraitsRow | null;
  incomes: readonly IncomeRow[];
  ssn: SealedSsnRow | undefined;
}

/** A profile by allow-list: classes that the reader may not see are not in it, whatever was loaded. */
export function toIndividualView(ctx: Context, parts: IndividualParts): IndividualView {
  const { row, source, profile, traits, incomes } = parts;
  const classes = dataClasses(ctx, row.connectionId);
  const individual = readState({
    source,
    product: "individual",
    fetchedAt: row.individualFetchedAt,
    error: row.individualError,
  });
  const employment = readState({
    source,
    product: "employment",
    fetchedAt: row.employmentFetchedAt,
    error: row.employmentError,
  });
  const ssn = readState({
    source,
    product: "ssn",
    fetchedAt: row.individualFetchedAt,
    error: row.individualError,
  });
  const name = {
    first: row.firstName,
    middle: row.middleName,
    last: row.lastName,
    preferred: row.preferredName,
  };
  return {
    id: row.id,
    name: displayName(name),
    legalName: toField(read, legalName({ ...name, preferred: null })),
    preferredName: toField(individual, row.preferredName),
    workEmail: toField(individual, row.workEmail),
    isActive: row.isActive,
    connection: {
      id: source.id,
      providerName: source.providerName,
      asOf: source.dataRetrievedAt ?? source.lastSyncSucceededAt,
      actionNeeded: source.actionNeededAt !== null,
    },
    employment: toEmployment(ctx, parts, employment),
    personal: classes.pii ? toPersonal(individual, profile) : { kind: "hidden" },
    traits: classes.traits ? toTraits(individual, traits) : { kind: "hidden" },
    income: classes.income ? toIncome(employment, incomes) : { kind: "hidden" },
    identifiers: {
      finchIndividualId: row.finchIndividualId,
      sourceId: toField(employment, row.sourceId),
      ssn: classes.ssn ? toSsnField(ssn, parts.ssn) : { kind: "hidden" },
      ssnHeld: classes.ssn ? toSsnHeld(ctx, ssn, parts) : null,
    },
    problems: [
      { part: "individual" as const, error: toItemError(row.individualError, source.providerName) },
      { part: "employment" as const, error: toItemError(row.employmentError, source.providerName) },
    ].flatMap(({ part, error }) => (error ? { part, error } : [])),
  };
}

function toSsnHeld(ctx: Context, state: ReadState, { row, ssn }: IndividualParts) {
  if (state.kind === "no_access" || !ssn) return null;
  // What the provider encrypted opens with its own key only.
  const mayReveal =
    ssn.kind === "ssn" && can(ctx, "individual:reveal_ssn", { connectionId: row.connectionId });
  return { sealedAt: ssn.updatedAt, mayReveal };
}

function toEmployment(ctx: Context, { row, manager }: IndividualParts, state: ReadState): EmploymentView {
  // An employee reads no row but the own one, so the manager's name is not there to be shown.
  const unseen = ctx.role === "employee" && row.managerFinchId !== null;
  return {
    title: toField(state, row.title),
    department: toField(read, row.department),
    manager: unseen ? { kind: "hidden" } : toManagerField(manager, row.managerFinchId),
    type: toField(state, row.employmentType),
    subtype: toField(state, row.employmentSubtype),
    status: toField(state, row.employmentStatus),
    startDate: toField(state, row.startDate),
    latestRehireDate: toField(state, row.latestRehireDate),
    endDate: toField(state, row.endDate),
    location: toField(state, toAddress(row.location)),
    flsaStatus: toField(state, row.flsaStatus),
    classCode: toField(state, row.classCode),
    unionCode: toField(state, row.unionCode),
    unionLocal: toField(state, row.unionLocal),
    highlyCompensatedEmployee: toField(state, row.highlyCompensatedEmployee),
    keyEmployee: toField(state, row.keyEmployee),
    customFields: toField(state, toCustomFields(row.customFields)),
  };
}

function toPersonal(state: ReadState, profile: ProfileRow | null): ClassView<PersonalView> {
  return {
    kind: "shown",
    dob: toField(state, profile?.dob),
    residence: toField(state, toAddress(profile?.residence)),
    emails: toField(state, toContacts(profile?.emails)),
    phoneNumbers: toField(state, toContacts(profile?.phoneNumbers)),
  };
}

function toTraits(state: ReadState, traits: TraitsRow | null): ClassView<TraitsView> {
  return {
    kind: "shown",
    gender: toField(state, traits?.gender),
    ethnicity: toField(state, traits?.ethnicity),
    maritalStatus: toField(state, traits?.maritalStatus),
  };
}

function toIncome(state: ReadState, incomes: readonly IncomeRow[]): IndividualView["income"] {
  const current = incomes.find((row) => row.isCurrent);
  const history = incomes
    // Finch's history often begins with the current income; it is told once.
    .filter((row) => !row.isCurrent && !(current && isSameIncome(row, current)))
    .flatMap((row) => {
      const field = toIncomeField(state, row);
      return field.kind === "value" ? field.value : [];
    });
  return { kind: "shown", current: toIncomeField(state, current), history };
}

function isSameIncome(a: IncomeRow, b: IncomeRow): boolean {
  return (
    a.amountCents === b.amountCents &&
    a.unit === b.unit &&
    a.currency === b.currency &&
    a.effectiveDate === b.effectiveDate
  );
}
