import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { RevealWorld } from "@/lib/domain/reveal/testing";
import { getOrgChart } from "./get-org-chart";
import { listOrgBranch } from "./list-org-branch";
import { branchPageSize } from "./read-branch";

const world = new RevealWorld(useTestDatabase());
let customerId: string;
let connectionId: string;
const reports = 250;

/** One top with 250 reports, of whom the last has one; one left; one names nobody's manager. */
beforeAll(async () => {
  const acme = await world.addEmployer(0);
  ({ customerId } = acme);
  connectionId = acme.connection.id;
  const people = [
    { id: "top", manager: null },
    ...Array.from({ length: reports }, (_, at) => ({
      id: `r${String(at).padStart(3, "0")}`,
      manager: "top",
    })),
    { id: "deep", manager: "r249" },
    { id: "lost", manager: "nobody" },
    { id: "left", manager: "top", active: false },
  ];
  for (const { id, manager, ...rest } of people)
    await world.sql()`
      insert into individuals (customer_id, connection_id, finch_individual_id, last_name, sort_name, manager_finch_id,
        is_active, fetched_at)
      values (${customerId}, ${connectionId}, ${id}, ${id}, ${id}, ${manager}, ${"active" in rest ? false : true}, now())`;
});
afterAll(closeDatabase);

const as = (role: "employer_admin" | "hr_viewer" | "employee") => world.as(role, customerId);
const idOf = async (finchId: string) =>
  String(
    (
      await world.sql()`select id from individuals where finch_individual_id = ${finchId} and connection_id = ${connectionId}`
    )[0]?.["id"],
  );

describe("the org chart", () => {
  it("begins with the tops, and says who names a manager that is nobody", async () => {
    const view = await getOrgChart(await as("hr_viewer"), {});
    expect(view).toMatchObject({ shown: reports + 3, hidden: 1, left: false, focus: null });
    expect(view.branches).toHaveLength(1);
    expect(view.branches[0]?.people.map(({ name, reports: n, below }) => [name, n, below])).toEqual([
      ["lost", 0, 0],
      ["top", reports, reports + 1],
    ]);
    expect(view.issues).toEqual([
      { kind: "missing_manager", count: 1, people: [{ id: await idOf("lost"), name: "lost" }] },
    ]);
  });

  it("opens the way to a person, with the stretch that each of them stands in", async () => {
    const person = await idOf("deep");
    const view = await getOrgChart(await as("employer_admin"), { person });
    expect(view.focus).toBe(person);
    expect(view.branches.map(({ offset, total }) => [offset, total])).toEqual([
      [0, 2],
      [200, reports],
      [0, 1],
    ]);
    expect(view.branches.at(-1)?.people.map(({ id }) => id)).toEqual([person]);
  });

  it("shows somebody who left among those who left", async () => {
    const person = await idOf("left");
    expect(await getOrgChart(await as("employer_admin"), { person })).toMatchObject({
      focus: person,
      left: true,
      hidden: 0,
    });
    const unknown = crypto.randomUUID();
    expect((await getOrgChart(await as("employer_admin"), { person: unknown })).focus).toBeNull();
  });

  it("gives a branch in stretches that add up, and none of it twice", async () => {
    const parentId = await idOf("top");
    const names: string[] = [];
    for (let offset = 0; offset < reports; offset += branchPageSize) {
      const branch = await listOrgBranch(await as("employer_admin"), { parentId, offset });
      expect(branch.total).toBe(reports);
      names.push(...branch.people.map(({ name }) => name));
    }
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(reports);
  });

  it("is for who may see people, of the own employer", async () => {
    await expect(getOrgChart(await as("employee"), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listOrgBranch(await as("employee"), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const other = await world.addEmployer(1);
    const foreign = listOrgBranch(await world.as("employer_admin", other.customerId), {
      parentId: await idOf("top"),
    });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
