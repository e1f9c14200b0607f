import {
  bigint,
  boolean,
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
import { customerId, instant, rowId } from "./columns";
import { connections } from "./connections";
import { individuals } from "./mirror";

/** The mirror of /benefits (deductions and contributions), their enrollments, and of /documents. */

const entityId = () => text("entity_id").notNull().default("");

export const benefits = pgTable(
  "benefits",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    finchBenefitId: text("finch_benefit_id").notNull(),
    type: text("type"),
    description: text("description"),
    /** every_paycheck | monthly | one_time, as it came. */
    frequency: text("frequency"),
    companyContribution: jsonb("company_contribution"),
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
    /** When its enrollments were last read completely. */
    enrollmentsFetchedAt: instant("enrollments_fetched_at"),
    enrollmentsError: jsonb("enrollments_error"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("benefits_finch").on(
      table.customerId,
      table.connectionId,
      table.entityId,
      table.finchBenefitId,
    ),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** A person's part in a benefit. */
export const enrollments = pgTable(
  "enrollments",
  {
    customerId: customerId(),
    benefitId: uuid("benefit_id").notNull(),
    individualId: uuid("individual_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    /** {type: "fixed", amount: cents} | {type: "percent", amount: basis points} | null, as Finch gives it. */
    employeeDeduction: jsonb("employee_deduction"),
    /** As above, or {type: "tiered", tiers: [{match, threshold}]}. */
    companyContribution: jsonb("company_contribution"),
    annualMaximumCents: bigint("annual_maximum_cents", { mode: "bigint" }),
    catchUp: boolean("catch_up"),
    /** individual | family */
    hsaContributionLimit: text("hsa_contribution_limit"),
    /** Why Finch gave nothing for this person: {code, name, finchCode, message}. */
    error: jsonb("error"),
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.benefitId, table.individualId] }),
    index("enrollments_by_person").on(table.customerId, table.individualId),
    foreignKey({
      columns: [table.customerId, table.benefitId],
      foreignColumns: [benefits.customerId, benefits.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

/** W-4 forms. */
export const documents = pgTable(
  "documents",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    finchDocumentId: text("finch_document_id").notNull(),
    /** Null where Finch names nobody. */
    individualId: uuid("individual_id"),
    /** w4_2020 | w4_2005, as it came. */
    type: text("type"),
    year: integer("year"),
    /** The form's data as Finch gives it; null until it was read. */
    content: jsonb("content"),
    contentFetchedAt: instant("content_fetched_at"),
    contentError: jsonb("content_error"),
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("documents_finch").on(
      table.customerId,
      table.connectionId,
      table.entityId,
      table.finchDocumentId,
    ),
    index("documents_by_person").on(table.customerId, table.individualId),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);
