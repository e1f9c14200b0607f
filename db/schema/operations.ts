import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Who works on the queue, and who died at it. Written by each worker about itself and about the dead. */

export const workers = pgTable("workers", {
  id: text("id").primaryKey(),
  startedAt: instant("started_at").notNull().defaultNow(),
  /** Its last sign of life; whether it lives is said by its advisory lock. */
  seenAt: instant("seen_at").notNull().defaultNow(),
  /** One process may be several workers: they have this in common. */
  process: text("process").notNull(),
  /** Which jobs it takes, in a word. */
  takes: text("takes").notNull(),
  /** Jobs that it does at a time. */
  concurrency: integer("concurrency").notNull(),
});

/** A worker that was gone without saying so, and the jobs that were set free for others. */
export const workerReaps = pgTable(
  "worker_reaps",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    workerId: text("worker_id").notNull(),
    at: instant("at").notNull().defaultNow(),
    /** When it was last seen; null where only its jobs spoke of it. */
    seenAt: instant("seen_at"),
    process: text("process").notNull(),
    takes: text("takes").notNull(),
    /** The worker that noticed. */
    reapedBy: text("reaped_by").notNull(),
    jobs: integer("jobs").notNull(),
    /** How many of each name. */
    kinds: jsonb("kinds").notNull().default({}),
  },
  (table) => [index("worker_reaps_recent").on(table.at)],
);
