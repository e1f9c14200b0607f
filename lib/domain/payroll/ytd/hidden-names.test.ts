import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import type { Context } from "@/lib/domain/context";
import { listLinkSuggestions } from "@/lib/domain/payroll/links/list-links";
import { testContext } from "@/lib/domain/testing";
import { getYtdPerson } from "./get-ytd-person";
import { listYtd } from "./list-ytd";
import { PayWorld, wages } from "./testing";
import { YtdFilterInput } from "./ytd-query";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

/** Sees pay, and not who people are, as an employer's own role may. */
const payOnly = (customerId: string): Context => ({
  ...testContext("employer_admin", customerId),
  permissions: new Set(["payroll:read", "payroll:manage"]),
});
const textOf = (answer: unknown) =>
  JSON.stringify(answer, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
const names = /Ames|Boyd|Cole|Perch Foods|12-3456789/;

/** Three people in the order of neither their names nor their pay. */
async function threePaid() {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  await world.entity(connectionId, "", "Perch Foods LLC", "12-3456789");
  const people = [];
  for (const last of ["Cole", "Ames", "Boyd"])
    people.push((await world.person(connectionId, { first: last, last })).id);
  await world.run(
    connectionId,
    "2026-03-13",
    people.map((id) => wages(id, "2026-03-13", 100n)),
  );
  await world.keepTotals();
  return { world, people };
}

describe("for whoever may see pay and not who people are", () => {
  it("the list and the lines behind it name nobody and no employer", async () => {
    const { world, people } = await threePaid();
    const ctx = payOnly(world.customerId);
    const list = await listYtd(ctx, { year: 2026 });
    expect(list.rows.map(({ hidden, figures }) => [hidden, figures[0]?.grossCents])).toEqual(
      Array.from({ length: 3 }, () => [true, 100n]),
    );
    const person = await getYtdPerson(ctx, {
      individualId: people[0] ?? "",
      query: YtdFilterInput.parse({ year: 2026 }),
    });
    expect(textOf([list, person])).not.toMatch(names);
    expect(textOf(await listYtd(testContext("employer_admin", world.customerId), { year: 2026 }))).toMatch(
      names,
    );
  });

  it("neither the search nor any order says who is who", async () => {
    const { world, people } = await threePaid();
    const ctx = payOnly(world.customerId);
    expect((await listYtd(ctx, { year: 2026, search: "ames" })).matching).toBe(3);
    for (const sort of ["name", "gross", "hours"] as const) {
      const { rows } = await listYtd(ctx, { year: 2026, sort });
      expect(
        rows.map(({ individualId }) => individualId),
        sort,
      ).toEqual(people.toSorted());
    }
  });

  it("records that may be one person are shown without their names", async () => {
    const { world, people } = await threePaid();
    await world.link(people[0] ?? "", people[1] ?? "");
    const links = await listLinkSuggestions(payOnly(world.customerId));
    expect(links.confirmed).toHaveLength(1);
    expect(textOf(links)).not.toMatch(names);
    expect(textOf(links)).not.toMatch(/2020-01-01/);
  });
});
