import { describe, expect, it } from "vitest";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ jobDelayMs: 1_000, initialSyncMs: 0 });
const { clock } = sandbox.sandbox.world;
const hourMs = 3_600_000;
const advance = (advanceMs: number) => clock.adjust({ advanceMs });
const refresh = { type: "data_sync_all" } as const;

async function connected(provider_id = "gusto") {
  const { client, created } = await createTestConnection(sandbox, { provider_id });
  await client.hris.company.retrieve().catch(() => null);
  return { client, created };
}

describe("a refresh", () => {
  it("is 201, then 202 with the same job while it runs, then 429 in the shape of a job", async () => {
    const { client } = await connected();
    const first = await client.jobs.automated.create(refresh).withResponse();
    expect(first.response.status).toBe(201);
    expect(first.data).toMatchObject({ allowed_refreshes: 1, remaining_refreshes: 0 });
    const second = await client.jobs.automated.create(refresh).withResponse();
    expect([second.response.status, second.data.job_id]).toEqual([202, first.data.job_id]);
    advance(1_000);
    const { status, body } = await failureOf(client.jobs.automated.create(refresh));
    expect(status).toBe(429);
    expect(body).toMatchObject({
      remaining_refreshes: 0,
      job_id: first.data.job_id,
      retry_at: expect.any(String),
    });
    expect(body).not.toHaveProperty("name");
    advance(hourMs);
    expect((await client.jobs.automated.create(refresh).withResponse()).response.status).toBe(201);
  });

  it("goes from pending over running to complete", async () => {
    const { client } = await connected();
    const { job_id = "" } = await client.jobs.automated.create(refresh);
    const read = () => client.jobs.automated.retrieve(job_id);
    expect(await read()).toMatchObject({ status: "pending", started_at: null, completed_at: null });
    advance(500);
    expect(await read()).toMatchObject({ status: "in_progress", completed_at: null });
    advance(500);
    expect(await read()).toMatchObject({ status: "complete", completed_at: clock.iso() });
  });

  it("is refused for assisted tokens", async () => {
    const { client } = await connected("adp_total_source");
    const { status, body } = await failureOf(client.jobs.automated.create(refresh));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      statusCode: 400,
      message: "cannot create automated job for Assisted Connect token",
    });
  });
});

describe("the list of jobs", () => {
  it("has the newest first, and of scheduled syncs the next one, a day after the last", async () => {
    const { client } = await connected();
    await client.jobs.automated.create(refresh);
    advance(1_000);
    const list = await client.jobs.automated.list();
    expect(list.meta.quotas?.data_sync_all).toEqual({ allowed_refreshes: 1, remaining_refreshes: 0 });
    const scheduled = list.data.filter((job) => job.status === "pending");
    expect(scheduled).toHaveLength(1);
    advance(25 * hourMs);
    const later = await client.jobs.automated.list();
    const ran = later.data.find((job) => job.job_id === scheduled[0]?.job_id);
    expect(ran?.status).toBe("complete");
    expect(later.data.filter((job) => job.status === "pending")).toHaveLength(1);
    const created = later.data.map((job) => job.created_at);
    expect(created).toEqual([...created].sort().reverse());
  });

  it("does not show another connection's jobs", async () => {
    const { client } = await connected();
    const { client: stranger } = await connected();
    const [job] = (await stranger.jobs.automated.list()).data;
    const { status, body } = await failureOf(client.jobs.automated.retrieve(job?.job_id ?? ""));
    expect([status, body["name"]]).toEqual([404, "not_found_error"]);
  });

  it("shows no data older than the week it was not looked at", async () => {
    const { client } = await connected();
    advance(7 * 24 * hourMs);
    const { response } = await client.hris.company.retrieve().withResponse();
    const age = clock.now() - Date.parse(response.headers.get("finch-data-retrieved") ?? "");
    expect(age).toBeLessThanOrEqual(24 * hourMs);
  });
});

describe("a sandbox job", () => {
  it("may run ten times an hour", async () => {
    const { client } = await connected();
    const left: number[] = [];
    for (let i = 0; i < 10; i++) {
      left.push((await client.sandbox.jobs.create(refresh)).remaining_refreshes);
      advance(1_000);
    }
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect((await failureOf(client.sandbox.jobs.create(refresh))).status).toBe(429);
  });

  it.each([
    ["error", 200, null],
    ["reauth_error", 401, "reauthenticate_user"],
    ["permissions_error", 403, "insufficient_account_permissions"],
  ] as const)("that is told to end in %s does so until told otherwise", async (outcome, status, code) => {
    const { client } = await connected();
    await client.sandbox.jobs.configuration.update({ type: "data_sync_all", completion_status: outcome });
    const [configured] = await client.sandbox.jobs.configuration.retrieve();
    expect(configured?.completion_status).toBe(outcome);
    const { job_id } = await client.sandbox.jobs.create(refresh);
    advance(1_000);
    expect((await client.jobs.automated.retrieve(job_id)).status).toBe(outcome);
    const answer = client.hris.company.retrieve();
    if (code === null) {
      const { response } = await answer.withResponse();
      expect(response.status).toBe(status);
      expect(response.headers.get("finch-last-attempted-update-result")).toBe("error");
    } else {
      expect((await failureOf(answer)).body["finch_code"]).toBe(code);
    }
  });

  it("of an assisted connection has no id, and ends at once", async () => {
    const { client } = await connected("adp_total_source");
    await client.sandbox.connections.accounts.update({ connection_status: "connected" });
    const [person] = (await client.hris.directory.list()).individuals;
    await client.sandbox.individual.update(person?.id ?? "", { first_name: "Changed" });
    expect(await client.sandbox.jobs.create(refresh)).toMatchObject({ job_id: null, job_url: null });
    expect((await client.hris.directory.list()).individuals[0]?.first_name).toBe("Changed");
  });
});

describe("a W-4 job", () => {
  it("names its individual, and is refused for a person nobody knows", async () => {
    const { client } = await connected("adp_run");
    const [person] = (await client.hris.directory.list()).individuals;
    const individual_id = person?.id ?? "";
    const job = await client.jobs.automated.create({
      type: "w4_form_employee_sync",
      params: { individual_id },
    });
    expect(await client.jobs.automated.retrieve(job.job_id ?? "")).toMatchObject({
      type: "w4_form_employee_sync",
      params: { individual_id },
    });
    const unknown = { type: "w4_form_employee_sync", params: { individual_id: "x" } } as const;
    expect((await failureOf(client.jobs.automated.create(unknown))).status).toBe(400);
  });
});
