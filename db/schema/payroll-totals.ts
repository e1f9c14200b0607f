import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { count, customerId } from "./columns";
import { connections } from "./connections";
import { individuals } from "./mirror";

/** The totals that are kept beside the statements. Amounts are minor units of their currency, which is lower case here. */

const minorUnits = (name: string) => bigint(name, { mode: "bigint" });
const day = (name: string) => date(name, { mode: "string" });
const entityId = () => text("entity_id").notNull().default("");

/** A person's year: sums over the statements that are there. Always what a recompute gives (DESIGN §8). */
export const wageTotals = pgTable(
  "wage_totals",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    individualId: uuid("individual_id").notNull(),
    /** Of the pay date; 0 holds undated statements. */
    year: integer("year").notNull(),
    /** Lower case; '' where Finch gave none. */
    currency: text("currency").notNull(),
    grossCents: minorUnits("gross_cents").notNull(),
    netCents: minorUnits("net_cents").notNull(),
    hours: numeric("hours").notNull(),
    statements: count("statements"),
    /** Statements whose gross, net or hours Finch gave as null. */
    withoutGross: count("without_gross"),
    withoutNet: count("without_net"),
    withoutHours: count("without_hours"),
    firstPayDate: day("first_pay_date"),
    lastPayDate: day("last_pay_date"),
  },
  (table) => [
    primaryKey({
      columns: [table.customerId, table.connectionId, table.individualId, table.year, table.currency],
    }),
    index("wage_totals_by_year").on(table.customerId, table.year),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

export const wageTotalLines = pgTable(
  "wage_total_lines",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    individualId: uuid("individual_id").notNull(),
    year: integer("year").notNull(),
    currency: text("currency").notNull(),
    /** Digest of category, type, name, pre_tax and employer, nulls told apart. */
    lineKey: text("line_key").notNull(),
    category: text("category").notNull(),
    type: text("type"),
    name: text("name"),
    preTax: boolean("pre_tax"),
    employer: boolean("employer"),
    amountCents: minorUnits("amount_cents").notNull(),
    hours: numeric("hours").notNull(),
    lines: count("lines"),
    /** Lines whose amount Finch gave as null. */
    withoutAmount: count("without_amount"),
    firstPayDate: day("first_pay_date"),
    lastPayDate: day("last_pay_date"),
  },
  (table) => [
    primaryKey({
      columns: [
        table.customerId,
        table.connectionId,
        table.individualId,
        table.year,
        table.currency,
        table.lineKey,
      ],
    }),
    index("wage_total_lines_by_year").on(table.customerId, table.year, table.category),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);

/**
 * What a connection's entity paid on a day, over all people: with it, the total of any range of pay dates is the sum of a few
 * hundred rows. Always what a recompute gives; kept with every change of a statement, in its transaction.
 */
export const wageDaySums = pgTable(
  "wage_day_sums",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: entityId(),
    /** The pay date; 0001-01-01 holds undated statements. */
    day: day("day").notNull(),
    currency: text("currency").notNull(),
    /** gross, net, or the digest that tells kinds of lines apart, as in wage_total_lines. */
    lineKey: text("line_key").notNull(),
    /** gross | net | earning | tax | deduction | contribution */
    category: text("category").notNull(),
    type: text("type"),
    name: text("name"),
    preTax: boolean("pre_tax"),
    employer: boolean("employer"),
    amountCents: minorUnits("amount_cents").notNull(),
    hours: numeric("hours").notNull(),
    /** Of gross, statements; else lines. */
    count: count("count"),
    /** Those whose amount Finch gave as null. */
    missing: count("missing"),
  },
  (table) => [
    primaryKey({
      columns: [
        table.customerId,
        table.connectionId,
        table.entityId,
        table.day,
        table.currency,
        table.lineKey,
      ],
    }),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);
