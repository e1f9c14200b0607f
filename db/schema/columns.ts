import { sql } from "drizzle-orm";
import { customType, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** The tenant, first column of every tenant table's keys. */
export const customerId = () => uuid("customer_id").notNull();
export const rowId = () => uuid("id").notNull().defaultRandom();
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const createdAt = () => instant("created_at").notNull().defaultNow();
export const updatedAt = () => instant("updated_at").notNull().defaultNow();
export const textList = (name: string) =>
  text(name)
    .array()
    .notNull()
    .default(sql`'{}'::text[]`);
export const count = (name: string) => integer(name).notNull().default(0);
/** A transaction's id, 64 bits wide: never used again. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });
