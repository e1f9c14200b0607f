import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { listSuggestedPairs } from "@/db/repositories/individual-links";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { listYtd } from "../ytd/list-ytd";
import { PayWorld, wages } from "../ytd/testing";
import { decideOnLink } from "./decide-link";
import { listLinkSuggestions } from "./list-links";

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

/** One person in two connections, paid by the second from July on, and two people of one name. */
async function twoRecords() {
  const world = await PayWorld.open(database());
  const [before, after] = [await world.connect(), await world.connect({ providerId: "paychex_flex" })];
  const old = await world.person(before, { first: "Ada", last: "Marsh" });
  const fresh = await world.person(after, { first: "Ada", last: "Marsh" });
  const namesake = await world.person(after, { first: "Ada", last: "Marsh" });
  const dob = (id: string, connectionId: string, day: string) =>
    world.sql`insert into individual_profiles (customer_id, individual_id, connection_id, dob, fetched_at)
      values (${world.customerId}, ${id}, ${connectionId}, ${day}, now())`;
  const ssn = (id: string, connectionId: string, hmac: string) =>
    world.sql`insert into sealed_values (customer_id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac, last_four)
      values (${world.customerId}, ${connectionId}, 'individuals', ${id}, 'ssn', 'x', 'test', ${hmac}, '1234')`;
  await dob(old.id, before, "1985-05-17");
  // Typed wrong in the second connection (DOMAIN §7, case 34).
  await dob(fresh.id, after, "1985-07-15");
  await dob(namesake.id, after, "1985-05-17");
  await ssn(old.id, before, "same");
  await ssn(fresh.id, after, "same");
  await ssn(namesake.id, after, "other");
  await world.run(before, "2026-06-26", [wages(old.id, "2026-06-26", 100n)]);
  await world.run(after, "2026-07-10", [wages(fresh.id, "2026-07-10", 30n)]);
  await world.keepTotals();
  return { world, old, fresh, namesake, admin: testContext("employer_admin", world.customerId) };
}

const pairOf = (a: { id: string }, b: { id: string }) => ({ individualId: a.id, otherIndividualId: b.id });
const sides = (view: Awaited<ReturnType<typeof listLinkSuggestions>>["suggested"]) =>
  view.map((link) => [link.evidence, link.sides.map(({ individualId }) => individualId).sort()]);

describe("records that may be one person", () => {
  it("are suggested for the same SSN, or the same birth date and name, and never linked by themselves", async () => {
    const { admin, old, fresh, namesake } = await twoRecords();
    const view = await listLinkSuggestions(admin);
    expect(sides(view.suggested)).toEqual([
      [["ssn", "name"], [old.id, fresh.id].sort()],
      [["birth_date", "name"], [old.id, namesake.id].sort()],
    ]);
    expect(view.suggested[0]?.seam).toEqual({ kind: "seam", until: "2026-06-26", from: "2026-07-10" });
    expect(view.confirmed).toEqual([]);
    expect((await listYtd(admin, { year: 2026, together: "together" })).rows.length).toBe(2);
  });

  it("are suggested for a birth date with one name alone, and not for a birth date with nothing beside it", async () => {
    const world = await PayWorld.open(database());
    const [before, after] = [await world.connect(), await world.connect()];
    const people = [
      await world.person(before, { first: "Ada", last: "Marsh" }),
      // Married since.
      await world.person(after, { first: "Ada", last: "Birch" }),
      await world.person(after, { first: "Zoe", last: "Fern" }),
    ];
    for (const { id, connectionId } of people)
      await world.sql`insert into individual_profiles (customer_id, individual_id, connection_id, dob, fetched_at)
        values (${world.customerId}, ${id}, ${connectionId}, '1985-05-17', now())`;
    const view = await listLinkSuggestions(testContext("employer_admin", world.customerId));
    const two = people.slice(0, 2).map(({ id }) => id);
    expect(sides(view.suggested)).toEqual([[["birth_date"], two.sort()]]);
  });

  it("count together once confirmed, apart again once undone, and each decision is audited", async () => {
    const { admin, old, fresh, world } = await twoRecords();
    await decideOnLink(admin, { ...pairOf(fresh, old), decision: "confirm", version: 0 });
    const together = await listYtd(admin, { year: 2026, together: "together" });
    expect(together.rows.map(({ figures, records }) => [figures[0]?.grossCents, records.length])).toEqual([
      [130n, 2],
    ]);
    expect((await listYtd(admin, { year: 2026 })).rows.length).toBe(2);
    expect((await listLinkSuggestions(admin)).confirmed.length).toBe(1);
    await decideOnLink(admin, { ...pairOf(old, fresh), decision: "undo", version: 1 });
    expect((await listYtd(admin, { year: 2026, together: "together" })).rows.length).toBe(2);
    const actions = await world.sql<{ action: string }[]>`
      select action from audit_log where customer_id = ${world.customerId} order by seq`;
    expect(actions.map(({ action }) => action)).toEqual(["individual_link.confirm", "individual_link.undo"]);
  });

  it("are no longer suggested once they are said to be two people", async () => {
    const { admin, old, namesake } = await twoRecords();
    await decideOnLink(admin, { ...pairOf(old, namesake), decision: "dismiss", version: 0 });
    const view = await listLinkSuggestions(admin);
    expect(view.suggested.length).toBe(1);
    expect(view.others).toMatchObject([{ state: "dismissed", version: 1 }]);
  });

  it("are some for each record, however many share a name, a birth date and an SSN", async () => {
    const world = await PayWorld.open(database());
    const connectionId = await world.connect();
    const people = 300;
    await world.sql`insert into individuals (customer_id, id, connection_id, finch_individual_id, first_name, last_name, sort_name, fetched_at)
      select ${world.customerId}, gen_random_uuid(), ${connectionId}, 'f' || n, 'Test', 'Person', 'person test', now()
      from generate_series(1, ${people}::int) n`;
    await world.sql`insert into individual_profiles (customer_id, individual_id, connection_id, dob, fetched_at)
      select customer_id, id, connection_id, '1970-01-01', now() from individuals where customer_id = ${world.customerId}`;
    await world.sql`insert into sealed_values (customer_id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac, last_four)
      select customer_id, connection_id, 'individuals', id, 'ssn', 'x', 'test', 'zeros', '0000' from individuals
      where customer_id = ${world.customerId}`;
    const admin = testContext("employer_admin", world.customerId);
    const found = await inScope(admin, (tx) =>
      listSuggestedPairs(tx, world.customerId, [connectionId], { limit: 1_000_000 }),
    );
    expect(found.length).toBeGreaterThan(people);
    expect(found.length).toBeLessThanOrEqual(10 * people);
    const paired = new Set(found.flatMap((pair) => [pair.individualId, pair.otherIndividualId]));
    expect(paired.size).toBe(people);
    expect(new Set(found.map(({ ssn, birthDate, name }) => [ssn, birthDate, name].join()))).toEqual(
      new Set(["true,true,true"]),
    );
    const [same] = await inScope(admin, (tx) =>
      tx.execute<{ n: number }>(text`select count(*)::int as n from list_same_ssn()`),
    );
    expect(same?.n).toBe(found.length);
  });

  it("are decided on up to a number for each employer, and what was decided can still be changed", async () => {
    const { world, admin, old, fresh, namesake } = await twoRecords();
    await decideOnLink(admin, { ...pairOf(old, fresh), decision: "confirm", version: 0 });
    await world.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into individual_links (customer_id, individual_id, other_individual_id, state, evidence)
        select ${world.customerId}, gen_random_uuid(), gen_random_uuid(), 'dismissed', '{}' from generate_series(1, 24999)`;
    });
    const ask = { ...pairOf(old, namesake), decision: "dismiss" as const, version: 0 };
    await expect(decideOnLink(admin, ask)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("25,000") as string,
    });
    await decideOnLink(admin, { ...pairOf(old, fresh), decision: "undo", version: 1 });
    await world.sql`delete from individual_links where customer_id = ${world.customerId} and evidence = '{}'`;
    await decideOnLink(admin, ask);
  });

  it("are decided on by whoever saw the present state", async () => {
    const { admin, old, fresh } = await twoRecords();
    const pair = pairOf(old, fresh);
    await decideOnLink(admin, { ...pair, decision: "confirm", version: 0 });
    await expect(decideOnLink(admin, { ...pair, decision: "dismiss", version: 0 })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await decideOnLink(admin, { ...pair, decision: "undo", version: 1 });
    await expect(decideOnLink(admin, { ...pair, decision: "undo", version: 2 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      decideOnLink(admin, { ...pairOf(old, old), decision: "confirm", version: 0 }),
    ).rejects.toMatchObject({ code: "INVALID" });
  });

  it("are for whoever sees all connections and manages payroll, of the own employer", async () => {
    const { world, old, fresh } = await twoRecords();
    const stranger = (await twoRecords()).admin;
    const limited = testContext("payroll_manager", world.customerId, { connectionIds: [old.connectionId] });
    const viewer = testContext("hr_viewer", world.customerId);
    const ask = { ...pairOf(old, fresh), decision: "confirm" as const, version: 0 };
    for (const ctx of [limited, viewer]) {
      await expect(listLinkSuggestions(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(decideOnLink(ctx, ask)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await expect(decideOnLink(stranger, ask)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await decideOnLink(testContext("payroll_manager", world.customerId), ask);
    // Row-level security keeps a link from whoever sees some connections only.
    const seen = await listYtd(limited, { year: 2026, together: "together" });
    expect(seen.rows.map(({ records }) => records.length)).toEqual([1]);
    expect(seen.hasLinks).toBe(false);
  });
});
