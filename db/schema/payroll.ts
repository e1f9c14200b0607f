import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { count, customerId, instant, rowId } from "./columns";
import { connections } from "./connections";
import { individuals } from "./mirror";

/**
 * The mirror of /payment, /pay-statement and /pay-groups. Amounts are minor
 * units of their currency; currencies stand as Finch gave them.
 */

const minorUnits = (name: string) => bigint(name, { mode: "bigint" });
const day = (name: string) => date(name, { mode: "string" });
const entityId = () => text("entity_id").notNull().default("");

export const payGroups = pgTable(
  "pay_groups",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    finchPayGroupId: text("finch_pay_group_id").notNull(),
    name: text("name"),
    payFrequencies: text("pay_frequencies").array(),
    /** Finch's ids of the people in it; null until the group itself was read. */
    individualIds: text("individual_ids").array(),
    fetchedAt: instant("fetched_at").notNull(),
    membersFetchedAt: instant("members_fetched_at"),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("pay_groups_finch").on(
      table.customerId,
      table.connectionId,
      table.entityId,
      table.finchPayGroupId,
    ),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

export const payments = pgTable(
  "payments",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    finchPaymentId: text("finch_payment_id").notNull(),
    payPeriodStart: day("pay_period_start"),
    payPeriodEnd: day("pay_period_end"),
    /** Null: an undated payment, in no year (DOMAIN 1.2). */
    payDate: day("pay_date"),
    debitDate: day("debit_date"),
    companyDebitCents: minorUnits("company_debit_cents"),
    companyDebitCurrency: text("company_debit_currency"),
    grossPayCents: minorUnits("gross_pay_cents"),
    grossPayCurrency: text("gross_pay_currency"),
    netPayCents: minorUnits("net_pay_cents"),
    netPayCurrency: text("net_pay_currency"),
    employerTaxesCents: minorUnits("employer_taxes_cents"),
    employerTaxesCurrency: text("employer_taxes_currency"),
    employeeTaxesCents: minorUnits("employee_taxes_cents"),
    employeeTaxesCurrency: text("employee_taxes_currency"),
    /** Finch's ids of who was paid; null where Finch gave null. */
    individualIds: text("individual_ids").array(),
    payGroupIds: text("pay_group_ids").array(),
    payFrequencies: text("pay_frequencies").array(),
    /** When the list that held it was asked for. */
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
    /** unread | pending (202) | partial | complete | failed | held */
    statementsState: text("statements_state").notNull().default("unread"),
    /** Statements that Finch counted when they were last read completely. */
    statementsCount: integer("statements_count"),
    /** When the last complete pass began. */
    statementsFetchedAt: instant("statements_fetched_at"),
    /** {code, name, finchCode, message} of the item; without values of anybody's data. */
    statementsError: jsonb("statements_error"),
    /** The pass in hand: pages of one payment may be read over several requests. */
    passRunId: uuid("pass_run_id"),
    passStartedAt: instant("pass_started_at"),
    passCount: integer("pass_count"),
    /** Offsets of the pages that were written. */
    passPages: integer("pass_pages").array(),
    passRestarts: count("pass_restarts"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("payments_finch").on(
      table.customerId,
      table.connectionId,
      table.entityId,
      table.finchPaymentId,
    ),
    index("payments_by_date").on(table.customerId, table.connectionId, table.payDate),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** One person's slip of a payment. Finch gives it no id: it is known by payment, person and ordinal. */
export const payStatements = pgTable(
  "pay_statements",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    paymentId: uuid("payment_id").notNull(),
    individualId: uuid("individual_id").notNull(),
    /** 0 for the person's first slip in the payment, 1 for the second. */
    ordinal: integer("ordinal").notNull(),
    type: text("type"),
    paymentMethod: text("payment_method"),
    totalHours: numeric("total_hours"),
    grossPayCents: minorUnits("gross_pay_cents"),
    grossPayCurrency: text("gross_pay_currency"),
    netPayCents: minorUnits("net_pay_cents"),
    netPayCurrency: text("net_pay_currency"),
    /** The payment's dates, so that an own slip needs no right on the payment. */
    payDate: day("pay_date"),
    payPeriodStart: day("pay_period_start"),
    payPeriodEnd: day("pay_period_end"),
    /** Categories that Finch gave as null, which is not an empty list. */
    nullCategories: text("null_categories").array(),
    /** Keys that Finch added since; null where there are none. */
    extra: jsonb("extra"),
    /** Which identity of DOMAIN 1.1 adds up; "none" where none does, null where there is nothing to add. */
    grossIdentity: text("gross_identity"),
    netIdentity: text("net_identity"),
    /**
     * What its lines add up to, in the currency under which it counts: employees' taxes, the employer's, those of unknown payer, deductions, contributions. Null
     * where a line has another currency: then lines are added up one by one.
     */
    employeeTaxesCents: minorUnits("employee_taxes_cents"),
    employerTaxesCents: minorUnits("employer_taxes_cents"),
    unknownTaxesCents: minorUnits("unknown_taxes_cents"),
    deductionsCents: minorUnits("deductions_cents"),
    contributionsCents: minorUnits("contributions_cents"),
    /** Of all that Finch gave: an equal one is not written again. */
    digest: text("digest").notNull(),
    /** Offset of the page on which the last pass saw it. */
    pageOffset: integer("page_offset").notNull().default(0),
    /** Time of the request that last gave it; fetched_at that of the one whose content is here. */
    seenAt: instant("seen_at").notNull(),
    fetchedAt: instant("fetched_at").notNull(),
    version: integer("version").notNull().default(1),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("pay_statements_place").on(
      table.customerId,
      table.paymentId,
      table.individualId,
      table.ordinal,
    ),
    index("pay_statements_by_person").on(table.customerId, table.individualId, table.payDate),
    index("pay_statements_by_date").on(table.customerId, table.connectionId, table.payDate),
    foreignKey({
      columns: [table.customerId, table.paymentId],
      foreignColumns: [payments.customerId, payments.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

export const payStatementLines = pgTable(
  "pay_statement_lines",
  {
    customerId: customerId(),
    statementId: uuid("statement_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    connectionId: uuid("connection_id").notNull(),
    individualId: uuid("individual_id").notNull(),
    /** earning | tax | deduction | contribution */
    category: text("category").notNull(),
    type: text("type"),
    name: text("name"),
    amountCents: minorUnits("amount_cents"),
    currency: text("currency"),
    hours: numeric("hours"),
    /** Deductions only. */
    preTax: boolean("pre_tax"),
    /** Taxes only: true is the employer's; null is unknown. */
    employer: boolean("employer"),
    attributes: jsonb("attributes"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.statementId, table.ordinal] }),
    foreignKey({
      columns: [table.customerId, table.statementId],
      foreignColumns: [payStatements.customerId, payStatements.id],
    }).onDelete("cascade"),
  ],
);

/** Distinct names of lines as Finch lists them, with the rules' output; replaced as a set. */
export const payStatementItems = pgTable(
  "pay_statement_items",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    ordinal: integer("ordinal").notNull(),
    /** As Finch names them: earnings, taxes, employee_deductions, employer_contributions. */
    category: text("category"),
    name: text("name"),
    type: text("type"),
    preTax: boolean("pre_tax"),
    employer: boolean("employer"),
    metadata: jsonb("metadata"),
    fetchedAt: instant("fetched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.connectionId, table.entityId, table.ordinal] }),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** Finch's rules on pay statement items. */
export const payStatementRules = pgTable(
  "pay_statement_rules",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    finchRuleId: text("finch_rule_id").notNull(),
    /** [{field, operator, value}]. */
    conditions: jsonb("conditions"),
    attributes: jsonb("attributes"),
    /** Rules go in Finch's order where several fit. */
    priority: integer("priority"),
    effectiveStartDate: text("effective_start_date"),
    effectiveEndDate: text("effective_end_date"),
    createdAtFinch: text("created_at_finch"),
    updatedAtFinch: text("updated_at_finch"),
    fetchedAt: instant("fetched_at").notNull(),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.connectionId, table.entityId, table.finchRuleId] }),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);
