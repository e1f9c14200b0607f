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
import { sql } from "drizzle-orm";
import { createdAt, customerId, instant, rowId, updatedAt } from "./columns";
import { connections } from "./connections";
import { individuals } from "./mirror";
import { payGroups } from "./payroll";

/** What people add to the mirror of payroll: it is theirs, and no sync changes it. */

const day = (name: string) => date(name, { mode: "string" });
const entityId = () => text("entity_id").notNull().default("");
/** Optimistic lock: a write names the version that it was made from. */
const version = () => integer("version").notNull().default(1);

/** Own types for names of pay statement lines that Finch could not type, or typed otherwise. */
export const itemClassifications = pgTable(
  "item_classifications",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** earning | tax | deduction | contribution */
    category: text("category").notNull(),
    /** The line's name as the provider gave it; null for lines without one. */
    name: text("name"),
    /** Finch's type of the lines that are meant; null for lines that have none. */
    finchType: text("finch_type"),
    /** The type that they count as. */
    mappedType: text("mapped_type").notNull(),
    /** Of deductions: whether they count as pre-tax; null leaves what Finch says. */
    mappedPreTax: boolean("mapped_pre_tax"),
    /** By pay date, both days included; null is open. */
    effectiveFrom: day("effective_from"),
    effectiveTo: day("effective_to"),
    note: text("note"),
    version: version(),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedBy: text("updated_by"),
    updatedAt: updatedAt(),
    /** Undone: kept, and no longer applied. */
    removedAt: instant("removed_at"),
    removedBy: text("removed_by"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("item_classifications_of_connection").on(table.customerId, table.connectionId, table.category),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** Two individuals of the mirror who are one person (DOMAIN 1.8): only ever by a person's decision. */
export const individualLinks = pgTable(
  "individual_links",
  {
    customerId: customerId(),
    id: rowId(),
    /** The smaller id stands first. */
    individualId: uuid("individual_id").notNull(),
    otherIndividualId: uuid("other_individual_id").notNull(),
    /** confirmed | dismissed | undone */
    state: text("state").notNull(),
    /** What spoke for it: ssn, birth_date, name, email, finch_id. Never the values. */
    evidence: text("evidence").array().notNull(),
    version: version(),
    decidedBy: text("decided_by"),
    decidedAt: createdAt(),
    undoneBy: text("undone_by"),
    undoneAt: instant("undone_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("individual_links_pair").on(table.customerId, table.individualId, table.otherIndividualId),
    index("individual_links_other").on(table.customerId, table.otherIndividualId),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.customerId, table.otherIndividualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

/** What was paid in a year before the mirror begins, as an administrator says (DOMAIN 1.5). No statement stands for it. */
export const openingBalances = pgTable(
  "opening_balances",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    individualId: uuid("individual_id").notNull(),
    year: integer("year").notNull(),
    /** Lower case, as in totals. */
    currency: text("currency").notNull(),
    /** gross | net | earning | tax | deduction | contribution */
    category: text("category").notNull(),
    type: text("type"),
    name: text("name"),
    preTax: boolean("pre_tax"),
    employer: boolean("employer"),
    amountCents: bigint("amount_cents", { mode: "bigint" }).notNull(),
    /** The last pay date that is in it. */
    throughDate: day("through_date").notNull(),
    note: text("note"),
    version: version(),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedBy: text("updated_by"),
    updatedAt: updatedAt(),
    removedAt: instant("removed_at"),
    removedBy: text("removed_by"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("opening_balances_of_year").on(table.customerId, table.year, table.individualId),
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

/** Pay and close dates that an employer entered or confirmed: they win over what is expected (DOMAIN §2). */
export const payCalendarEntries = pgTable(
  "pay_calendar_entries",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** Null: of the connection as a whole, where it has no pay groups. */
    payGroupId: uuid("pay_group_id"),
    payDate: day("pay_date").notNull(),
    payPeriodStart: day("pay_period_start"),
    payPeriodEnd: day("pay_period_end"),
    /** When the provider closes the run. */
    closesAt: instant("closes_at"),
    /** entered | confirmed (of an expected date) */
    source: text("source").notNull(),
    version: version(),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedBy: text("updated_by"),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("pay_calendar_entries_day").on(
      table.customerId,
      table.connectionId,
      sql`coalesce(${table.payGroupId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      table.payDate,
    ),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.customerId, table.payGroupId],
      foreignColumns: [payGroups.customerId, payGroups.id],
    }).onDelete("cascade"),
  ],
);

/** Yearly limits that Perch holds from memory only, confirmed by an administrator with a source (DOMAIN §4). */
export const limitConfirmations = pgTable(
  "limit_confirmations",
  {
    customerId: customerId(),
    year: integer("year").notNull(),
    /** Key of the limit in the table of limits. */
    limitKey: text("limit_key").notNull(),
    amountCents: bigint("amount_cents", { mode: "bigint" }).notNull(),
    source: text("source").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: createdAt(),
    version: version(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.year, table.limitKey] })],
);

/** The last "changes since my last export" of a user and kind; its rows say what that file held. */
export const exportSnapshots = pgTable(
  "export_snapshots",
  {
    customerId: customerId(),
    id: rowId(),
    userId: text("user_id").notNull(),
    /** payments | statements | ytd | … */
    kind: text("kind").notNull(),
    /** Definition, period and as-of date: rows of another definition cannot be compared. */
    definition: jsonb("definition").notNull(),
    takenAt: createdAt(),
    rows: integer("rows").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("export_snapshots_of_user").on(table.customerId, table.userId, table.kind),
  ],
);

export const exportSnapshotRows = pgTable(
  "export_snapshot_rows",
  {
    customerId: customerId(),
    snapshotId: uuid("snapshot_id").notNull(),
    rowKey: text("row_key").notNull(),
    userId: text("user_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    /** So that an erased person leaves no trace here. */
    individualId: uuid("individual_id"),
    /** The row's cells, by column. */
    cells: jsonb("cells").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.snapshotId, table.rowKey] }),
    // Where people or a connection go, their rows here go with them: found one by one, among hundreds of thousands.
    index("export_snapshot_rows_of_individual").on(table.customerId, table.individualId),
    index("export_snapshot_rows_of_connection").on(table.customerId, table.connectionId),
    foreignKey({
      columns: [table.customerId, table.snapshotId],
      foreignColumns: [exportSnapshots.customerId, exportSnapshots.id],
    }).onDelete("cascade"),
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

/** Mailed invitations (SECURITY 9, 23). The link's secret is a lookup; here is whom it binds. */
export const invitations = pgTable(
  "invitations",
  {
    customerId: customerId(),
    id: rowId(),
    /** Lower case: only whoever signs in with it accepts. */
    email: text("email").notNull(),
    role: text("role").notNull(),
    /** Null: all connections. */
    connectionId: uuid("connection_id"),
    /** The chosen individual of an employee. */
    individualId: uuid("individual_id"),
    invitedBy: text("invited_by").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: text("accepted_by"),
    revokedAt: instant("revoked_at"),
    revokedBy: text("revoked_by"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("invitations_of_individual").on(table.customerId, table.individualId),
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
