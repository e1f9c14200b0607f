import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { getPayGroup } from "@/lib/domain/pay-groups/get-pay-group";
import { testContext } from "@/lib/domain/testing";
import { listPayCalendars } from "../payments/list-pay-calendars";
import { listYtd } from "./list-ytd";
import { addDays } from "./period";
import { PayWorld, wages, type TestPerson } from "./testing";

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

async function payGroup(world: PayWorld, connectionId: string, name: string, members: TestPerson[] | null) {
  const id = randomUUID();
  await world.sql`insert into pay_groups (customer_id, id, connection_id, entity_id, finch_pay_group_id, name,
    pay_frequencies, individual_ids, fetched_at, members_fetched_at) values (${world.customerId}, ${id}, ${connectionId}, '', ${name},
    ${name}, ${["bi_weekly"]}, ${members && members.map(({ finchId }) => finchId)}, now(), now())`;
  return id;
}

/** Two bi-weekly groups of one entity; the run of the second on 6 March is missing. */
async function twoGroups({ membersKnown = true } = {}) {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect({ dataRetrievedAt: new Date("2026-05-01T12:00:00Z") });
  const [one, two] = [
    await world.person(connectionId, { last: "One" }),
    await world.person(connectionId, { last: "Two" }),
  ];
  await payGroup(world, connectionId, "A", membersKnown ? [one] : null);
  const second = await payGroup(world, connectionId, "B", membersKnown ? [two] : null);
  for (let day = "2026-01-09"; day < "2026-04-30"; day = addDays(day, 14))
    for (const [name, person] of [
      ["A", one],
      ["B", two],
    ] as const) {
      if (name === "B" && day === "2026-03-06") continue;
      const id = await world.run(connectionId, day, [wages(person.id, day, 1_000n)]);
      await world.sql`update payments set pay_group_ids = ${[name]},
        pay_period_start = ${addDays(day, -14)}, pay_period_end = ${day} where id = ${id}`;
    }
  await world.keepTotals();
  return { world, connectionId, second, admin: testContext("employer_admin", world.customerId) };
}

const asked = { year: 2026, asOf: "2026-04-25" };

it("a run that one group lacks makes nobody else incomplete", async () => {
  const { admin, second } = await twoGroups();
  const view = await listYtd(admin, asked);
  expect(view.units).toMatchObject([
    { missing: ["2026-03-06"], missingRuns: [{ payDate: "2026-03-06", payGroupId: second }] },
  ]);
  expect(view.rows.map(({ name, coverage }) => [name, coverage.state, coverage.expected])).toEqual([
    ["One, Ada", "complete", 8],
    ["Two, Ada", "lacking", 8],
  ]);
});

it("a run lacks whoever its group paid before or after it, though in the group no more", async () => {
  const { admin, world, connectionId } = await twoGroups();
  const run = async (name: string, day: string, ...people: TestPerson[]) => {
    const slips = people.map(({ id }) => wages(id, day, 500n));
    const id = await world.run(connectionId, day, slips);
    await world.sql`update payments set pay_group_ids = ${[name]}, pay_period_start = ${addDays(day, -14)},
      pay_period_end = ${day} where id = ${id}`;
  };
  const person = (last: string, endDate: string | null = null) =>
    world.person(connectionId, { last }).then(async (made) => {
      await world.sql`update individuals set end_date = ${endDate} where id = ${made.id}`;
      return made;
    });
  const [stayed, later, quit, moved, gone] = [
    await person("Both"),
    await person("Later"),
    await person("Quit", "2026-03-10"),
    await person("Moved"),
    await person("Gone", "2026-02-27"),
  ];
  // The second group paid on 20 February and 20 March, and not on 6 March.
  await run("B", "2026-02-20", stayed, quit, moved, gone);
  await run("A", "2026-03-06", moved, stayed);
  await run("B", "2026-03-20", stayed, later);
  await world.keepTotals();
  const { rows } = await listYtd(admin, asked);
  expect(Object.fromEntries(rows.map(({ name, coverage }) => [name, coverage.state]))).toEqual({
    "Both, Ada": "lacking",
    "Gone, Ada": "complete",
    "Later, Ada": "lacking",
    "Moved, Ada": "complete",
    "One, Ada": "complete",
    "Quit, Ada": "lacking",
    "Two, Ada": "lacking",
  });
});

it("where nobody knows who is in the group, everybody of the entity may lack the run", async () => {
  const { admin } = await twoGroups({ membersKnown: false });
  const { rows } = await listYtd(admin, asked);
  expect(rows.map(({ coverage }) => coverage.state)).toEqual(["lacking", "lacking"]);
});

it("all pages say the same of a group whose periods share their boundary days", async () => {
  const { admin, second, world } = await twoGroups();
  const calendars = await listPayCalendars(admin);
  const own = calendars.find(({ group }) => group?.id === second);
  expect(own?.calendar.missing.map(({ payDate }) => payDate)).toContain("2026-03-06");
  await world.sql`update connections set products = products || array['payment'] where customer_id = ${world.customerId}`;
  const page = await getPayGroup(admin, { id: second });
  expect(page.group).toMatchObject({ confidence: own?.calendar.confidence, reason: own?.calendar.reason });
  const days = (dates: { payDate: string }[]) => dates.map(({ payDate }) => payDate);
  expect(days(page.coming).length).toBeGreaterThan(3);
  expect(days(own?.coming ?? []).slice(0, page.coming.length)).toEqual(days(page.coming));
});

it("people of another entity who lack statements are not counted where one entity is asked for", async () => {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const people = [
    await world.person(connectionId, { last: "One" }),
    await world.person(connectionId, { last: "Two", entityId: "birch" }),
  ];
  for (const { id, finchId, entityId } of people) {
    await world.run(connectionId, "2026-02-06", [wages(id, "2026-02-06", 5n)], { entityId });
    await world.run(connectionId, "2026-02-20", [], { entityId, state: "partial", names: [finchId] });
  }
  await world.keepTotals();
  const lacking = async (entities: string[]) =>
    (await listYtd(testContext("employer_admin", world.customerId), { ...asked, entities })).lacking.people;
  expect(await lacking([])).toBe(2);
  expect(await lacking([`${connectionId}.birch`])).toBe(1);
});
