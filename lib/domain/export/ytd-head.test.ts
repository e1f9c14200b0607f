import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { getYtdPerson } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { listYtd } from "@/lib/domain/payroll/ytd/list-ytd";
import { addDays } from "@/lib/domain/payroll/ytd/period";
import { PayWorld, wages } from "@/lib/domain/payroll/ytd/testing";
import { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";
import { testContext } from "@/lib/domain/testing";
import {
  coverageFacts,
  incompleteTitle,
  personCoverage,
  reachSentence,
  runsRead,
  unitName,
  unitState,
} from "@/lib/format/coverage-words";
import { totalFigures } from "@/lib/format/total-figures";
import { exportYtd, exportYtdLines } from "./export-ytd";
import { exportYtdPerson } from "./export-ytd-person";
import { readCsv } from "./testing";

const database = useTestDatabase();
let world: PayWorld;
let ada = "";

/** Acme lacks a run, has one that Finch has not given, and was read until March alone; Birch has no EIN. */
beforeAll(async () => {
  await configureDatabase({ url: database().urls.app, max: 4 });
  world = await PayWorld.open(database());
  const connectionId = await world.connect({ dataRetrievedAt: new Date("2026-04-01T12:00:00Z") });
  await world.entity(connectionId, "acme", "Acme", "11-1111111");
  await world.entity(connectionId, "birch", "Birch", null);
  const one = await world.person(connectionId, { entityId: "acme" });
  ada = one.id;
  const two = await world.person(connectionId, { first: "Ben", entityId: "birch" });
  for (let day = "2026-01-09"; day < "2026-03-30"; day = addDays(day, 14)) {
    if (day === "2026-02-20") continue;
    const isLast = day === "2026-03-20";
    const slip = wages(ada, day, 1_000n);
    const [salary] = slip.lines;
    // Of one run neither gross nor the salary are given.
    const unknown = { ...slip, grossCents: null, lines: salary ? [{ ...salary, cents: null }] : [] };
    const id = await world.run(
      connectionId,
      day,
      isLast ? [] : [day === "2026-01-09" ? unknown : slip],
      isLast
        ? { entityId: "acme", state: "pending", names: [one.finchId] }
        : { entityId: "acme", names: [one.finchId] },
    );
    await world.sql`update payments set pay_period_start = ${addDays(day, -14)}, pay_period_end = ${day} where id = ${id}`;
  }
  await world.run(connectionId, "2026-02-06", [wages(two.id, "2026-02-06", 5n)], { entityId: "birch" });
  await world.keepTotals();
});
afterAll(closeDatabase);

async function admin() {
  const { id } = await createTestUser(world.sql, { role: "employer_admin", customerId: world.customerId });
  return testContext("employer_admin", world.customerId, { userId: id });
}

const asked = { year: 2026, asOf: "2026-06-30" } as const;

describe("the head of year-to-date wages", () => {
  it.each(["gross", "plan", "box1"] as const)(
    "says of %s what the page says it lacks, in the same words",
    async (definition) => {
      const ctx = await admin();
      const query = { ...asked, definition };
      const view = await listYtd(ctx, query);
      const facts = coverageFacts(view.units);
      expect(new Set(facts.map(({ name }) => name))).toEqual(new Set(["Still syncing", "Missing"]));
      expect(view.units.find(({ legalName }) => legalName === "Acme")?.through).not.toBeNull();
      const figures = view.totals.flatMap((totals) => totalFigures(definition, totals));
      expect(figures.some(({ missing }) => missing > 0)).toBe(true);
      for (const file of [await exportYtd(ctx, query, {}), await exportYtdLines(ctx, query, {})]) {
        const { head } = await readCsv(file);
        const said = (label: string) => head.flatMap(([name, text]) => (name === label ? [text] : []));
        expect(said("Completeness")).toEqual([incompleteTitle(view.lacking.people)]);
        for (const { name, text } of facts) expect(said(name)).toContain(text);
        expect(said("Period covered")).toEqual([reachSentence(view.units)]);
        for (const [at, unit] of view.units.entries()) {
          expect(said("Coverage")[at]).toContain(`${unitState(unit)}; ${runsRead(unit)} runs`);
          expect(said("Coverage")[at]).toContain(unitName(unit));
        }
        for (const { of, label, missing, notes } of figures)
          if (missing > 0 && !of.startsWith("box1")) expect(notes.join(", ")).toContain(said(label)[0]);
        if (definition === "box1")
          expect(said("Box 1")).toEqual([figures.find(({ of }) => of === "box1Low")?.notes.join(", ")]);
      }
    },
  );

  it("names the people who have no estimate, and amounts that nothing is added for", async () => {
    const { head } = await readCsv(await exportYtd(await admin(), { ...asked, definition: "box1" }, {}));
    expect(head).toContainEqual([
      "Box 1",
      "estimates of 1 person, 1 without one, 1 line without an amount in neither end",
    ]);
    expect(head).toContainEqual(["Gross", "1 not given"]);
    expect(head).toContainEqual(["Completeness", "Not complete: 1 person lacks statements"]);
  });

  it("of one person says what the person's page says", async () => {
    const ctx = await admin();
    const input = { individualId: ada, query: YtdFilterInput.parse(asked), of: "gross" as const };
    const { row } = await getYtdPerson(ctx, input);
    const { lacking, days } = personCoverage(row.coverage, row.records[0]?.providerName ?? "");
    expect(lacking?.title).toBe("2 statements are not here");
    expect(days).toHaveLength(1);
    const { head } = await readCsv(await exportYtdPerson(ctx, input, {}));
    expect(head).toContainEqual(["Completeness", `${lacking?.title}. ${lacking?.means}`]);
    expect(head).toContainEqual(["Period covered", days[0]]);
  });
});
