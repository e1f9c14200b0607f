import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { RevealWorld } from "@/lib/domain/reveal/testing";
import { instantAt } from "@/lib/domain/payroll/calendar/close";
import { fromDayNumber, toDayNumber } from "@/lib/domain/payroll/calendar/days";
import { addBusinessDays } from "@/lib/domain/payroll/calendar/holidays";
import { listPayCalendars } from "@/lib/domain/payroll/payments/list-pay-calendars";
import { getPayGroup, memberPageSize } from "./get-pay-group";
import { listPayGroups } from "./list-pay-groups";
import { biweeklyBefore, createTestPayGroup, createTestRuns } from "./testing";

const world = new RevealWorld(useTestDatabase({ PAY_CLOSE_BUSINESS_DAYS: "2" }));
const products = ["company", "directory", "individual", "employment", "payment"];
const today = new Date().toISOString().slice(0, 10);
let customerId: string;
let connectionId: string;
let salaried: { id: string; finchId: string };
const people = 120;

beforeAll(async () => {
  const acme = await world.addEmployer(0, products);
  ({ customerId } = acme);
  connectionId = acme.connection.id;
  await createTestIndividuals(world.sql(), { customerId, connectionId, count: people });
  const members = Array.from({ length: people }, (_, at) => `finch-${at + 1}`);
  salaried = await createTestPayGroup(world.sql(), {
    customerId,
    connectionId,
    members: [...members, "finch-unknown"],
  });
  const payDates = biweeklyBefore(today, 8);
  await createTestRuns(world.sql(), {
    customerId,
    connectionId,
    finchPayGroupId: salaried.finchId,
    payDates,
  });
});
afterAll(closeDatabase);

const as = (role: "employer_admin" | "payroll_manager" | "hr_viewer") => world.as(role, customerId);

describe("pay groups", () => {
  it("say how often they are paid, who is in them and when they are paid next", async () => {
    const { groups } = await listPayGroups(await as("payroll_manager"));
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      id: salaried.id,
      name: { kind: "value", value: "Salaried" },
      frequencies: { kind: "value", value: ["bi_weekly"] },
      members: { kind: "value", value: people + 1 },
      confidence: "high",
      reason: null,
      lastPayDate: biweeklyBefore(today, 1)[0],
      nextPayDate: { source: "expected", entry: null },
    });
  });

  it("close as many business days before as the installation is set to, and say how many", async () => {
    const view = await getPayGroup(await as("payroll_manager"), { id: salaried.id });
    expect(view.closeBusinessDays).toBe(2);
    const [calendar] = await listPayCalendars(await as("payroll_manager"));
    expect(calendar?.closeBusinessDays).toBe(2);
    expect(view.coming.length).toBeGreaterThan(3);
    for (const dates of [view.coming, calendar?.coming ?? []])
      for (const { payDate, close } of dates) {
        const closesOn = fromDayNumber(addBusinessDays(toDayNumber(payDate), -2));
        expect(close.at).toEqual(instantAt(closesOn, 17 * 60, view.timeZone));
      }
  });

  it("with several frequencies are ambiguous: nothing is expected of them", async () => {
    const { id } = await createTestPayGroup(world.sql(), {
      customerId,
      connectionId,
      name: "Mixed",
      frequencies: ["weekly", "monthly"],
    });
    const { groups } = await listPayGroups(await as("employer_admin"));
    expect(groups.find((group) => group.id === id)).toMatchObject({
      members: { kind: "syncing" },
      nextPayDate: null,
      confidence: null,
      reason: "several_frequencies",
    });
    await world.sql()`delete from pay_groups where id = ${id}`;
  });

  it("where there are none, a calendar of the connection stands for everybody", async () => {
    const other = await world.addConnection(customerId, 1, products);
    const { groups } = await listPayGroups(await as("employer_admin"));
    expect(groups.find(({ source }) => source.id === other.connection.id)).toMatchObject({
      id: other.connection.id,
      payGroupId: null,
      reason: "no_frequency",
    });
    expect((await getPayGroup(await as("employer_admin"), { id: other.connection.id })).members).toBeNull();
  });

  it("of a connection that does not share payments are not there, and that is said", async () => {
    const { id } = await createTestConnection(world.sql(), { customerId, products: ["directory"] });
    const view = await listPayGroups(await as("employer_admin"));
    expect(view.withoutPayments).toEqual([{ id, providerName: "Gusto" }]);
    await expect(getPayGroup(await as("employer_admin"), { id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("are for who may see payroll, and of the own employer", async () => {
    await expect(listPayGroups(await as("hr_viewer"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const foreign = await world.addEmployer(1, products);
    const asForeign = await world.as("employer_admin", foreign.customerId);
    await expect(getPayGroup(asForeign, { id: salaried.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the people of a pay group", () => {
  it("come page by page, each once and in the order of names, forwards and backwards", async () => {
    const admin = await as("employer_admin");
    const names: (string | null)[] = [];
    let after: string | null = null;
    let back: string | null = null;
    do {
      const { members }: Awaited<ReturnType<typeof getPayGroup>> = await getPayGroup(admin, {
        id: salaried.id,
        after,
      });
      names.push(...(members?.rows.map(({ name }) => name) ?? []));
      after = members?.next ?? null;
      back = members?.previous ?? null;
    } while (after);
    expect(names).toHaveLength(people);
    expect(new Set(names).size).toBe(people);
    expect(names).toEqual([...names].sort());
    const { members } = await getPayGroup(admin, { id: salaried.id, before: back });
    expect(members?.rows.map(({ name }) => name)).toEqual(names.slice(50, 100));
    expect(members?.rows).toHaveLength(memberPageSize);
  });

  it("are found by name, and an id without a person is counted", async () => {
    const { members, group } = await getPayGroup(await as("employer_admin"), {
      id: salaried.id,
      search: "last00007",
    });
    expect(members).toMatchObject({ matching: 1, known: people, next: null, previous: null });
    expect(members?.rows[0]?.name).toBe("Last00007, First00007");
    expect(group.members).toEqual({ kind: "value", value: people + 1 });
  });

  it("of a group of 10,000 are there at once", { timeout: 120_000 }, async () => {
    const big = await world.addEmployer(0, products);
    const place = { customerId: big.customerId, connectionId: big.connection.id };
    await world.sql()`
      insert into individuals (customer_id, connection_id, finch_individual_id, last_name, sort_name, fetched_at)
      select ${big.customerId}, ${big.connection.id}, 'finch-' || n, 'Name ' || n, 'name ' || lpad(n::text, 5, '0'), now()
      from generate_series(1, 10000) n`;
    const members = Array.from({ length: 10_000 }, (_, at) => `finch-${at + 1}`);
    const { id } = await createTestPayGroup(world.sql(), { ...place, members });
    const admin = await world.as("employer_admin", big.customerId);
    const start = performance.now();
    const view = await getPayGroup(admin, { id });
    expect(view.members).toMatchObject({ known: 10_000, matching: 10_000 });
    expect(view.members?.rows).toHaveLength(memberPageSize);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
