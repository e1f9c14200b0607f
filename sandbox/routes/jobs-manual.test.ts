import { beforeEach, describe, expect, it } from "vitest";
import { orderOutcome } from "@/sandbox/benefits/orders";
import type { Happened } from "@/sandbox/changes";
import {
  automatedMs,
  codesOf,
  connectAssistedDeductions,
  connectDeductions,
  enroll,
  enrolledIds,
  finished,
  fixed,
  one,
} from "@/sandbox/testing/deductions";
import { control, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const dayMs = 86_400_000;
const sandbox = await startTestSandbox({
  initialSyncMs: 0,
  autoSync: false,
  benefitJobMs: { automated: automatedMs, assisted: 3 * dayMs },
});
const { world } = sandbox.sandbox;
const unknownId = "11111111-1111-4111-8111-111111111111";
const heard: Happened[] = [];
world.changes.listen((happened) => heard.push(happened));
beforeEach(() => void (heard.length = 0));

describe("the job of an enrollment", () => {
  it("is pending, then in progress, then says 201 or 200 for each person", async () => {
    const at = await connectDeductions(sandbox);
    const [first = "", second = ""] = at.people;
    await codesOf(sandbox, at, [one(second)]);
    const job_id = await enroll(at, [one(first), one(second), one(unknownId)]);
    expect(await at.client.jobs.manual.retrieve(job_id)).toEqual({
      job_id,
      code: 202,
      status: "pending",
      body: null,
    });
    world.clock.adjust({ advanceMs: automatedMs / 2 });
    expect(await at.client.jobs.manual.retrieve(job_id)).toMatchObject({ code: 202, status: "in_progress" });
    expect(await finished(sandbox, at, job_id)).toEqual({
      job_id,
      code: 207,
      status: "complete",
      body: [
        { individual_id: first, code: 201, message: expect.any(String) },
        { individual_id: second, code: 200, message: expect.any(String) },
        { individual_id: unknownId, code: 404, message: expect.any(String) },
      ],
    });
  });

  it("takes effect with the end of the job, and is told then", async () => {
    const at = await connectDeductions(sandbox);
    const [person = ""] = at.people;
    await finished(sandbox, at, await enroll(at, []));
    const before = await at.client.hris.benefits.individuals.enrolledIDs(at.id);
    heard.length = 0;
    const jobId = await enroll(at, [one(person)]);
    expect(await at.client.hris.benefits.individuals.enrolledIDs(at.id)).toEqual(before);
    expect(heard).toEqual([]);
    await finished(sandbox, at, jobId);
    expect(await enrolledIds(at)).toEqual([person]);
    const { connectionId, entityId } = at;
    const change = { event: "job.benefit_enroll.completed", jobId };
    expect(heard).toEqual([{ connectionId, entityId, at: world.clock.now(), change }]);
  });
});

describe("the same enrollment again", () => {
  it("changes nothing, but is deducted once more where it is for one time", async () => {
    const at = await connectDeductions(sandbox);
    const wanted = { type: "custom_post_tax", description: "Loan", frequency: "one_time" } as const;
    const once = { ...at, id: (await at.client.hris.benefits.create({ ...wanted })).benefit_id };
    const versionsOf = (benefitId: string) =>
      world.store.enrollments.where((row) => row.benefitId === benefitId)[0]?.versions.length;
    for (const [benefit, versions] of [
      [at, 1],
      [once, 2],
    ] as const) {
      expect(await codesOf(sandbox, benefit, [one(at.people[0])])).toEqual([201]);
      expect(await codesOf(sandbox, benefit, [one(at.people[0])])).toEqual([200]);
      expect(versionsOf(benefit.id)).toBe(versions);
    }
  });
});

describe("jobs that go wrong on request", () => {
  it("leave out a person, who is not enrolled then, and the next job is whole again", async () => {
    const at = await connectDeductions(sandbox);
    const [first = "", second = ""] = at.people;
    orderOutcome(world, { connectionId: at.connectionId, kind: "omit", individualId: second });
    const job = await finished(sandbox, at, await enroll(at, [one(first), one(second)]));
    expect(job).toMatchObject({ code: 200, status: "complete", body: [{ individual_id: first, code: 201 }] });
    expect(await codesOf(sandbox, at, [one(first), one(second)])).toEqual([200, 201]);
  });

  it("leave out a person who was enrolled all the same", async () => {
    const at = await connectDeductions(sandbox);
    orderOutcome(world, { connectionId: at.connectionId, kind: "omit", applied: true });
    expect(await codesOf(sandbox, at, [one(at.people[0])])).toEqual([]);
    expect(await enrolledIds(at)).toEqual([at.people[0]]);
  });

  it("are complete with 200 and 500 for every person", async () => {
    const at = await connectDeductions(sandbox);
    orderOutcome(world, { connectionId: at.connectionId, kind: "every_item" });
    const job = await finished(
      sandbox,
      at,
      await enroll(
        at,
        at.people.slice(0, 2).map((id) => one(id)),
      ),
    );
    expect(job).toMatchObject({ code: 200, status: "complete", body: [{ code: 500 }, { code: 500 }] });
    expect(await enrolledIds(at)).toEqual([]);
  });

  it("fail as a whole, and a deduction that was not made cannot be enrolled in", async () => {
    const at = await connectDeductions(sandbox);
    orderOutcome(world, { connectionId: at.connectionId, kind: "job" });
    const wanted = { type: "403b", description: "Never", frequency: "every_paycheck" } as const;
    const made = await at.client.hris.benefits.create({ ...wanted });
    // The job of the other deduction is over first.
    orderOutcome(world, { connectionId: at.connectionId, kind: "job" });
    const job = await finished(sandbox, at, made.job_id);
    expect(job).toMatchObject({ code: 500, status: "error", body: null });
    expect((await failureOf(at.client.hris.benefits.retrieve(made.benefit_id))).status).toBe(404);
    const { status } = await failureOf(enroll({ ...at, id: made.benefit_id }, [one(at.people[0])]));
    expect(status).toBe(422);
    const again = await at.client.hris.benefits.create({ ...wanted });
    expect(again.benefit_id).toBe(made.benefit_id);
    expect(await finished(sandbox, at, again.job_id)).toMatchObject({ code: 200, status: "complete" });
    expect((await at.client.hris.benefits.retrieve(made.benefit_id)).description).toBe("Never");
  });

  it("are ordered through the control, one at a time, and can be taken back", async () => {
    const at = await connectDeductions(sandbox);
    const [first = "", second = ""] = at.people;
    const order = { connection_id: at.connectionId, individual_id: first, kind: "item", code: 422 };
    await control(sandbox.url, "POST", "/benefit-outcomes", { ...order, message: "Not eligible" });
    await control(sandbox.url, "POST", "/benefit-outcomes", { ...order, times: null });
    expect(await control(sandbox.url, "GET", "/benefit-outcomes")).toMatchObject([order, order]);
    const job = await finished(sandbox, at, await enroll(at, [one(first), one(second)]));
    expect(job).toMatchObject({ code: 207, body: [{ code: 422, message: "Not eligible" }, { code: 201 }] });
    for (let turn = 0; turn < 3; turn++) expect(await codesOf(sandbox, at, [one(first)])).toEqual([422]);
    await control(sandbox.url, "DELETE", "/benefit-outcomes");
    expect(await codesOf(sandbox, at, [one(first)])).toEqual([201]);
  });

  it("fail while the connection is broken", async () => {
    const at = await connectDeductions(sandbox);
    const jobId = await enroll(at, [one(at.people[0])]);
    await at.client.sandbox.connections.accounts.update({ connection_status: "reauth" });
    expect(await finished(sandbox, at, jobId)).toMatchObject({ status: "error" });
  });
});

describe("deductions that people write", () => {
  it("take days, and keep a date that machines ignore", async () => {
    const at = await connectAssistedDeductions(sandbox);
    const [person = ""] = at.people;
    const effective_date = "2031-05-01";
    const jobId = await enroll(at, [one(person, { ...fixed(5_000), effective_date })]);
    world.clock.adjust({ advanceMs: 3 * dayMs - automatedMs / 2 });
    expect((await at.client.jobs.manual.retrieve(jobId)).status).toBe("in_progress");
    expect((await finished(sandbox, at, jobId)).status).toBe("complete");
    const dates = (benefitId: string) =>
      world.store.enrollments
        .where((row) => row.benefitId === benefitId)
        .flatMap((row) => row.versions.map((version) => version.effectiveDate));
    expect(dates(at.id)).toEqual([effective_date]);
    const automated = await connectDeductions(sandbox);
    await codesOf(sandbox, automated, [
      one(automated.people[0], { ...fixed(5_000), effective_date: "05/01/2031" }),
    ]);
    expect(dates(automated.id)).toEqual([null]);
  });

  it("are done at once when a sandbox job is enqueued", async () => {
    const at = await connectAssistedDeductions(sandbox);
    const jobId = await enroll(at, [one(at.people[0])]);
    expect((await at.client.jobs.manual.retrieve(jobId)).status).toBe("pending");
    await at.client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await at.client.jobs.manual.retrieve(jobId)).status).toBe("complete");
  });
});

describe("manual jobs", () => {
  it("of another connection, automated ones and ids that are none are not found", async () => {
    const [at, other] = [await connectDeductions(sandbox), await connectDeductions(sandbox)];
    const theirs = await enroll(other, []);
    const { job_id: automated = "" } = await at.client.jobs.automated.create({ type: "data_sync_all" });
    for (const id of [theirs, automated, unknownId]) {
      const { status, body } = await failureOf(at.client.jobs.manual.retrieve(id));
      expect([status, body["finch_code"]]).toEqual([404, "item_not_found"]);
    }
    expect((await failureOf(at.client.jobs.manual.retrieve("no-id"))).status).toBe(400);
  });

  it("end in the order in which they were started", async () => {
    const at = await connectDeductions(sandbox);
    const [person = ""] = at.people;
    for (const amount of [1, 2, 3]) {
      await enroll(at, [one(person, fixed(amount))]);
      world.clock.adjust({ advanceMs: 1_000 });
    }
    heard.length = 0;
    await finished(sandbox, at, await enroll(at, [one(person, fixed(4))]));
    const { items } = await at.client.hris.benefits.individuals.retrieveManyBenefits(at.id);
    expect(items[0]?.body).toMatchObject(fixed(4));
    const ours = heard.filter((row) => row.connectionId === at.connectionId);
    expect(ours.map(({ change }) => change.event)).toEqual([
      "job.benefit_create.completed",
      ...Array.from({ length: 4 }, () => "job.benefit_enroll.completed"),
    ]);
  });
});
