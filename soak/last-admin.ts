import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Sql } from "postgres";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestCustomer, createTestUser } from "@/db/seed/factories";
import { testEnvironment } from "@/db/testing/environment";
import type { Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { removeRole } from "@/lib/domain/team/remove-role";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { randomOf, type Random } from "./random";
import type { SoakResult } from "./result";

/**
 * Administrators who remove each other, and many removals of the same two, at once and in random order, over fifty
 * connections to the database: every employer keeps at least one, and every removal is in its audit.
 */

const parallel = 50;

interface Removal {
  ctx: Context;
  userId: string;
}

interface Tally {
  removed: number;
  alreadyGone: number;
  refused: number;
  unexpected: number;
}

function shuffle<Item>(items: Item[], next: Random): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [items[i], items[j]] = [items[j] as Item, items[i] as Item];
  }
  return items;
}

async function newAdmins(sql: Sql, count: number): Promise<{ customerId: string; ids: string[] }> {
  const { id: customerId } = await createTestCustomer(sql, { id: randomUUID() });
  const ids: string[] = [];
  for (let n = 0; n < count; n++)
    ids.push((await createTestUser(sql, { customerId, role: "employer_admin" })).id);
  return { customerId, ids };
}

async function removeAll(customerId: string, removals: Removal[], tally: Tally): Promise<void> {
  const work = removals.map(({ ctx, userId }) =>
    removeRole(ctx, { customerId, userId, role: "employer_admin" }),
  );
  for (const result of await Promise.allSettled(work)) {
    if (result.status === "fulfilled") tally[result.value.removed ? "removed" : "alreadyGone"]++;
    // The last one stays (CONFLICT); who was removed meanwhile removes nobody (FORBIDDEN).
    else if (result.reason instanceof DomainError && ["CONFLICT", "FORBIDDEN"].includes(result.reason.code))
      tally.refused++;
    else tally.unexpected++;
  }
}

/** How many administrators are left, and whether the audit has exactly what happened. */
async function outcome(sql: Sql, customerId: string, before: number) {
  const [row] = await sql<{ left: number; audited: number; gapless: boolean }[]>`
    select (select count(*)::int from user_roles where customer_id = ${customerId} and role = 'employer_admin') as left,
      count(*)::int as audited, coalesce(max(seq), 0) = count(*) as gapless
    from audit_log where customer_id = ${customerId} and action = 'role.revoke'`;
  if (!row) throw new Error("The audit could not be counted");
  return { left: row.left, isAudited: row.gapless && row.audited === before - row.left };
}

/** `rounds` times two employers: fifty who remove each other, and fifty removals of two by staff. */
export async function lastAdmin({ rounds, seed }: { rounds: number; seed: number }): Promise<SoakResult> {
  const next = randomOf(seed);
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const { server, urls, sql } = await startDatabase(dataDir);
  Object.assign(process.env, testEnvironment(urls, dataDir));
  await configureDatabase({ url: urls.app, max: parallel });
  const tally: Tally = { removed: 0, alreadyGone: 0, refused: 0, unexpected: 0 };
  let [employers, fewest, wrong] = [0, Number.POSITIVE_INFINITY, 0];
  try {
    const staff = testPlatformContext("staff_admin", (await createTestUser(sql, { role: "staff_admin" })).id);
    const judge = async (customerId: string, before: number) => {
      const { left, isAudited } = await outcome(sql, customerId, before);
      employers++;
      fewest = Math.min(fewest, left);
      if (left < 1 || !isAudited) wrong++;
    };
    for (let round = 0; round < rounds; round++) {
      const all = await newAdmins(sql, parallel);
      const each = all.ids.flatMap((from) => {
        const ctx = testContext("employer_admin", all.customerId, { userId: from });
        return all.ids.filter((id) => id !== from).map((userId) => ({ ctx, userId }));
      });
      await removeAll(all.customerId, shuffle(each, next), tally);
      await judge(all.customerId, parallel);
      const two = await newAdmins(sql, 2);
      const many = Array.from({ length: parallel }, (_, n) => ({ ctx: staff, userId: two.ids[n % 2] ?? "" }));
      await removeAll(two.customerId, shuffle(many, next), tally);
      await judge(two.customerId, 2);
      process.stderr.write(`\r${round + 1} of ${rounds} rounds`);
    }
    const pass = wrong === 0 && fewest >= 1 && tally.unexpected === 0;
    return { soak: "last-admin", pass, detail: { rounds, seed, employers, fewestLeft: fewest, ...tally } };
  } finally {
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
