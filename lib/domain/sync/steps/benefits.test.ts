import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { upsertEnrollments } from "@/db/repositories/mirror-benefits";
import { byId, erase, look, useDoor } from "../door/testing";
import { useSyncWorld, type TestConnection } from "../testing";

const world = useSyncWorld();
const answer = useDoor(world);
const see = look(world);

interface WireBenefit {
  benefit_id: string;
  type: string;
  description: string;
  frequency: string;
  company_contribution: unknown;
}
interface WireEnrollment {
  individual_id: string;
  code: number;
  body: Record<string, unknown>;
}

const connect = () => world.connect({ products: ["directory", "benefits"], employees: 12, payments: 6 });

describe("deductions", () => {
  const stored = (connection: TestConnection) =>
    see.rows(
      "benefits",
      connection,
      "finch_benefit_id as benefit_id, type, description, frequency, company_contribution",
    );
  const enrolled = ({ connectionId }: TestConnection, benefitId: string) =>
    world.rows<Record<string, unknown>>(
      `select i.finch_individual_id as individual_id, e.employee_deduction, e.company_contribution,
         e.annual_maximum_cents::int as annual_maximum, e.catch_up, e.hsa_contribution_limit
       from enrollments e join benefits b on b.id = e.benefit_id join individuals i on i.id = e.individual_id
       where b.connection_id = $1 and b.finch_benefit_id = $2 and e.deleted_at is null order by 1`,
      [connectionId, benefitId],
    );
  const individuals = (benefitId: string) => `/employer/benefits/${benefitId}/individuals`;

  /** A synced connection, and the deduction that most people are enrolled in. */
  async function busiest(): Promise<{ connection: TestConnection; id: string; people: WireEnrollment[] }> {
    const connection = await connect();
    await world.sync(connection);
    const list = await see.finch<WireBenefit[]>(connection, "benefits");
    const all = await Promise.all(
      list.map(async ({ benefit_id: id }) => ({
        id,
        people: await see.finch<WireEnrollment[]>(connection, `benefits/${id}/individuals`),
      })),
    );
    const most = all.sort((left, right) => right.people.length - left.people.length)[0];
    if (!most || most.people.length < 2) throw new Error("nobody is enrolled");
    return { connection, ...most };
  }

  it("and who is enrolled in them are mirrored exactly", async () => {
    const connection = await connect();
    await world.sync(connection);
    const list = await see.finch<WireBenefit[]>(connection, "benefits");
    expect(await stored(connection)).toEqual(byId(list, (benefit) => benefit.benefit_id));
    for (const { benefit_id: id } of list) {
      const people = await see.finch<WireEnrollment[]>(connection, `benefits/${id}/individuals`);
      const wire = people.map(({ individual_id, body }) => ({
        individual_id,
        employee_deduction: body["employee_deduction"],
        company_contribution: body["company_contribution"],
        annual_maximum: body["annual_maximum"],
        catch_up: body["catch_up"],
        hsa_contribution_limit: body["hsa_contribution_limit"] ?? null,
      }));
      expect(await enrolled(connection, id)).toEqual(byId(wire, (row) => row.individual_id));
    }
  });

  it("that people left are left here too, and whoever is back is back", async () => {
    const { connection, id, people } = await busiest();
    const [, ...staying] = people;
    answer(individuals(id), staying);
    await world.sync(connection, "scheduled");
    expect(await enrolled(connection, id)).toHaveLength(staying.length);
    await world.sync(connection, "scheduled");
    expect(await enrolled(connection, id)).toHaveLength(people.length);
  });

  it("that nobody is enrolled in any more are held, one by one", async () => {
    const { connection, id, people } = await busiest();
    answer(individuals(id), []);
    await world.sync(connection, "scheduled");
    expect(await enrolled(connection, id)).toHaveLength(people.length);
    const hold = { product: "benefits", finch_id: id, rows: people.length };
    expect(await see.holds(connection)).toEqual([{ ...hold, open: true }]);
    await see.accept(connection);
    answer(individuals(id), []);
    await world.sync(connection, "scheduled");
    expect(await enrolled(connection, id)).toEqual([]);
    expect(await see.holds(connection)).toEqual([{ ...hold, open: false }]);
  });

  it("of which Finch answers 207 keep one person's error and everybody else", async () => {
    const { connection, id, people } = await busiest();
    const [bad, ...others] = people;
    const refused = { code: 403, name: "error_permissions", finch_code: "insufficient_account_permissions" };
    const item = { individual_id: bad?.individual_id, code: 403, body: { ...refused, message: "no" } };
    answer(individuals(id), [item, ...others], 207);
    const runId = await world.sync(connection, "scheduled");
    expect(await see.step(runId, "benefits")).toMatchObject({ status: "succeeded" });
    // What was known of the person stays, with the reason beside it.
    expect(await enrolled(connection, id)).toHaveLength(people.length);
    const [error] = await world.rows(
      `select e.error, i.finch_individual_id as person from enrollments e join individuals i on i.id = e.individual_id
       where e.connection_id = $1 and e.error is not null`,
      [connection.connectionId],
    );
    expect(error).toMatchObject({ person: bad?.individual_id, error: { code: 403 } });
    expect(await see.itemErrors(connection)).toMatchObject([
      { product: "benefits", finch_id: `${id}/${bad?.individual_id}`, code: 403 },
    ]);
    await world.sync(connection, "scheduled");
    expect(await see.itemErrors(connection)).toEqual([]);
    const left = "select 1 from enrollments where connection_id = $1 and error is not null";
    expect(await world.rows(left, [connection.connectionId])).toEqual([]);
  });

  it("of people who are not in the directory belong to a place without a name", async () => {
    const { connection, id, people } = await busiest();
    const stranger = crypto.randomUUID();
    const [first] = people;
    answer(individuals(id), [...people, { individual_id: stranger, code: 200, body: first?.body }]);
    await world.sync(connection, "scheduled");
    expect(await enrolled(connection, id)).toHaveLength(people.length + 1);
    expect(
      await world.row(
        "select first_name, sort_name, deleted_at is not null as gone from individuals where finch_individual_id = $1",
        [stranger],
      ),
    ).toEqual({ first_name: null, sort_name: "", gone: true });
  });

  it("that vanish between the list and their enrollments are gone with them", async () => {
    const { connection, id } = await busiest();
    const gone = { code: 404, name: "not_found_error", finch_code: "benefit_not_found", message: "gone" };
    answer(individuals(id), gone, 404);
    const runId = await world.sync(connection, "scheduled");
    expect(await see.step(runId, "benefits")).toMatchObject({ status: "succeeded", item_errors: 0 });
    expect((await stored(connection)).map((row) => row["benefit_id"])).not.toContain(id);
    expect(await enrolled(connection, id)).toEqual([]);
    await world.sync(connection, "scheduled");
    expect((await enrolled(connection, id)).length).toBeGreaterThan(0);
  });

  it("hold nobody who was erased", async () => {
    const { connection, id, people } = await busiest();
    const erased = people[0]?.individual_id ?? "";
    await erase(world, connection, erased);
    await world.rows("delete from individuals where finch_individual_id = $1", [erased]);
    await world.rows("delete from raw_records where strpos(finch_id, $1) > 0", [erased]);
    await world.sync(connection, "scheduled");
    expect(await enrolled(connection, id)).toHaveLength(people.length - 1);
    expect(await see.naming(connection, erased, ["raw_records", "enrollments"])).toEqual([]);
    expect(await world.rows("select 1 from individuals where finch_individual_id = $1", [erased])).toEqual(
      [],
    );
  });

  it("in an older answer overwrite nothing and bring nobody back", async () => {
    const { connection, id } = await busiest();
    const { ctx, customerId, connectionId } = connection;
    const [row] = await world.rows<{ benefit: string; individual: string }>(
      `select e.benefit_id as benefit, e.individual_id as individual from enrollments e join benefits b on b.id = e.benefit_id
       where b.finch_benefit_id = $1 limit 1`,
      [id],
    );
    const old = {
      ...{ individualId: row?.individual ?? "", employeeDeduction: null, companyContribution: null },
      ...{ annualMaximumCents: "1", catchUp: null, hsaContributionLimit: null },
    };
    await world.rows("update enrollments set deleted_at = now() where individual_id = $1", [
      old.individualId,
    ]);
    const scope = { customerId, connectionId, entityId: "" };
    await inScope(ctx, (tx) => upsertEnrollments(tx, scope, row?.benefit ?? "", [old], new Date(0)));
    expect(
      await world.rows(
        "select 1 from enrollments where individual_id = $1 and (deleted_at is null or annual_maximum_cents = 1)",
        [old.individualId],
      ),
    ).toEqual([]);
  });

  it("are not asked for where Finch's people write them, and that is no failure", async () => {
    const connection = await world.connect({
      provider: "onpay",
      authenticationType: "assisted",
      products: ["directory", "benefits"],
    });
    await world.finch("PUT", `/_sandbox/connections/${connection.finchConnectionId}`, {
      status: "connected",
    });
    await world.finch("POST", "/_sandbox/jobs/complete", {});
    const runId = await world.sync(connection);
    expect(await see.step(runId, "benefits")).toMatchObject({
      status: "skipped",
      outcome: "write_only",
      requests: 0,
      message: "Finch's team writes deductions at Gusto; they cannot be read back.",
    });
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
  });
});
