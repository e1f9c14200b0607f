import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { count, customerId, instant, rowId } from "./columns";
import { connections } from "./connections";

/**
 * The mirror of Finch's data. What only some roles may see stands in tables of
 * its own (profiles: PII, traits, incomes: pay), so that row-level security can
 * hold it back without looking at columns. Enum values are kept as text, as
 * they came.
 */

export const companies = pgTable(
  "companies",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** '' where the connection has a single entity. */
    entityId: text("entity_id").notNull().default(""),
    finchCompanyId: text("finch_company_id").notNull(),
    legalName: text("legal_name"),
    entityType: text("entity_type"),
    entitySubtype: text("entity_subtype"),
    ein: text("ein"),
    primaryEmail: text("primary_email"),
    primaryPhoneNumber: text("primary_phone_number"),
    /** [{name, parent: {name}|null}] or null. */
    departments: jsonb("departments"),
    locations: jsonb("locations"),
    /** Without numbers: those are sealed values by ordinal. */
    accounts: jsonb("accounts"),
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("companies_finch").on(table.customerId, table.connectionId, table.entityId),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** Directory and employment, without income and without PII. */
export const individuals = pgTable(
  "individuals",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: text("entity_id").notNull().default(""),
    finchIndividualId: text("finch_individual_id").notNull(),
    firstName: text("first_name"),
    middleName: text("middle_name"),
    lastName: text("last_name"),
    /** From /individual. */
    preferredName: text("preferred_name"),
    workEmail: text("work_email"),
    /** Lower-case "last first", the order of the directory. */
    sortName: text("sort_name").notNull().default(""),
    /** Lower-case names, title, department, work mail: what search reads. */
    searchText: text("search_text").notNull().default(""),
    isActive: boolean("is_active"),
    managerFinchId: text("manager_finch_id"),
    department: text("department"),
    // From /employment.
    title: text("title"),
    employmentType: text("employment_type"),
    employmentSubtype: text("employment_subtype"),
    employmentStatus: text("employment_status"),
    startDate: date("start_date", { mode: "string" }),
    endDate: date("end_date", { mode: "string" }),
    latestRehireDate: date("latest_rehire_date", { mode: "string" }),
    flsaStatus: text("flsa_status"),
    classCode: text("class_code"),
    unionCode: text("union_code"),
    unionLocal: text("union_local"),
    highlyCompensatedEmployee: boolean("highly_compensated_employee"),
    keyEmployee: boolean("key_employee"),
    location: jsonb("location"),
    customFields: jsonb("custom_fields"),
    sourceId: text("source_id"),
    // Order-free upserts: a write applies only where it is not older than what is there.
    directoryFetchedAt: instant("directory_fetched_at"),
    individualFetchedAt: instant("individual_fetched_at"),
    employmentFetchedAt: instant("employment_fetched_at"),
    /** The item's error where the batch answered one: {code, name, finchCode, message, since}. */
    individualError: jsonb("individual_error"),
    employmentError: jsonb("employment_error"),
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("individuals_finch").on(
      table.customerId,
      table.connectionId,
      table.entityId,
      table.finchIndividualId,
    ),
    index("individuals_directory")
      .on(table.customerId, table.sortName, table.id)
      .where(sql`deleted_at is null`),
    index("individuals_of_connection")
      .on(table.customerId, table.connectionId)
      .where(sql`deleted_at is null`),
    // Pay of people who left the directory stays: lists of wages go through everybody.
    index("individuals_by_name").on(table.customerId, table.sortName, table.id),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** PII of /individual: birth date, home address, personal contact data. */
export const individualProfiles = pgTable(
  "individual_profiles",
  {
    customerId: customerId(),
    individualId: uuid("individual_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    dob: date("dob", { mode: "string" }),
    residence: jsonb("residence"),
    /** [{data, type}] or null. */
    emails: jsonb("emails"),
    phoneNumbers: jsonb("phone_numbers"),
    fetchedAt: instant("fetched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.individualId] }),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

/** Protected traits. */
export const individualTraits = pgTable(
  "individual_traits",
  {
    customerId: customerId(),
    individualId: uuid("individual_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    gender: text("gender"),
    ethnicity: text("ethnicity"),
    maritalStatus: text("marital_status"),
    fetchedAt: instant("fetched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.individualId] }),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

/** Income, current (ordinal 0) and past (1 …), replaced as a set. */
export const incomeHistory = pgTable(
  "income_history",
  {
    customerId: customerId(),
    individualId: uuid("individual_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    isCurrent: boolean("is_current").notNull(),
    /** yearly, monthly, hourly, fixed, …: amounts are not annualised. */
    unit: text("unit"),
    /** Minor units of the currency. */
    amountCents: bigint("amount_cents", { mode: "bigint" }),
    currency: text("currency"),
    effectiveDate: date("effective_date", { mode: "string" }),
    fetchedAt: instant("fetched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.individualId, table.ordinal] }),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

/** Finch's answers after scrub(), for the worker only: no tenant role reads them. */
export const rawRecords = pgTable(
  "raw_records",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: text("entity_id").notNull().default(""),
    /** introspect, company, directory, individual, employment, payment, benefit, document, … */
    kind: text("kind").notNull(),
    finchId: text("finch_id").notNull(),
    raw: jsonb("raw").notNull(),
    fetchedAt: instant("fetched_at").notNull(),
    version: count("version"),
  },
  (table) => [
    primaryKey({
      columns: [table.customerId, table.connectionId, table.entityId, table.kind, table.finchId],
    }),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);
