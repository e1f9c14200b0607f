import { describe, expect, it } from "vitest";
import { control, createTestConnection } from "@/sandbox/testing/harness";
import { otherSecret, startWebhookWorld, unwrap } from "@/sandbox/testing/webhook-world";

const { sandbox, receiver, register, drain, advance, types } = await startWebhookWorld();

describe("an event", () => {
  it("is accepted by the SDK, and refused where a byte of it was changed", async () => {
    await register();
    const { created } = await createTestConnection(sandbox);
    await drain();
    expect(receiver.received.length).toBeGreaterThan(2);
    for (const message of receiver.received) {
      expect(unwrap(message)).toMatchObject({ connection_id: created.connection_id });
      const tampered = { ...message, body: message.body.replace(created.connection_id, created.account_id) };
      expect(() => unwrap(tampered)).toThrow(/signature/);
      const renamed = { ...message, headers: { ...message.headers, "finch-event-id": "msg_other" } };
      expect(() => unwrap(renamed)).toThrow(/signature/);
      expect(() => unwrap(message, otherSecret)).toThrow(/signature/);
    }
  });

  it("tells of the connect, then of the first sync, in this order", async () => {
    await register();
    const { created } = await createTestConnection(sandbox);
    await drain();
    expect(types()).toEqual([
      "account.updated",
      "job.data_sync_all.completed",
      "job.initial_data_sync_org.succeeded",
      "job.initial_data_sync_payroll.succeeded",
    ]);
    expect(receiver.events()[0]).toEqual({
      company_id: created.company_id,
      account_id: created.account_id,
      connection_id: created.connection_id,
      event_type: "account.updated",
      data: { status: "connected", authentication_method: { type: "credential" } },
    });
    expect(receiver.received[0]?.headers["finch-event-id"]).toMatch(/^msg_[0-9A-Za-z]{27}$/);
  });

  it("of a job leads to the job", async () => {
    await register();
    const { client } = await createTestConnection(sandbox, { products: ["directory"] });
    await drain();
    expect(types()).not.toContain("job.initial_data_sync_payroll.succeeded");
    const [job] = receiver.events().filter((event) => event.event_type === "job.data_sync_all.completed");
    const { job_id, job_url } = job?.["data"] as { job_id: string; job_url: string };
    expect(job_url).toBe(`${sandbox.url}/jobs/automated/${job_id}`);
    expect((await client.jobs.automated.retrieve(job_id)).status).toBe("complete");
  });

  it("of data comes with the sync that shows it, for the endpoints that show it", async () => {
    const { client } = await createTestConnection(sandbox);
    const [first] = (await client.hris.directory.list()).individuals;
    await register();
    await client.sandbox.employment.update(first?.id ?? "", { title: "Astronaut" });
    await client.sandbox.individual.update(first?.id ?? "", { preferred_name: "Ace" });
    const [added] = await client.sandbox.directory.create({ body: [{ first_name: "New" }] });
    await drain();
    expect(types()).toEqual([]);
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await drain();
    const told = receiver.events().map((event) => [event.event_type, event["data"]]);
    const added_id = { individual_id: (added as { id: string }).id };
    expect(told.slice(0, -1)).toEqual([
      ["individual.updated", { individual_id: first?.id }],
      ["employment.updated", { individual_id: first?.id }],
      ["directory.created", added_id],
      ["individual.created", added_id],
      ["employment.created", added_id],
    ]);
    expect(types().at(-1)).toBe("job.data_sync_all.completed");
  });

  it("of data does not come before the first sync, nor with it", async () => {
    await register();
    sandbox.sandbox.world.settings.initialSyncMs = 60_000;
    const { client } = await createTestConnection(sandbox);
    sandbox.sandbox.world.settings.initialSyncMs = 0;
    await client.sandbox.directory.create({ body: [{ first_name: "New" }] });
    await advance(60_000);
    await drain();
    expect((await client.hris.directory.list()).individuals.at(-1)?.first_name).toBe("New");
    expect(types()[0]).toBe("account.updated");
    expect(types().filter((type) => !type.startsWith("job.")).length).toBe(1);
  });

  it("of somebody who was taken out says deleted, once the sync has shown it", async () => {
    const { client, created } = await createTestConnection(sandbox);
    const before = (await client.hris.directory.list()).individuals;
    const gone = before[4];
    await register();
    await control(sandbox.url, "DELETE", `/connections/${created.connection_id}/people/${gone?.id}`);
    expect((await client.hris.directory.list()).individuals).toEqual(before);
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await drain();
    const data = { individual_id: gone?.id };
    const people = receiver
      .events()
      .filter((event) => /^(directory|individual|employment)\./.test(event.event_type));
    expect(people.map((event) => [event.event_type, event["data"]])).toEqual([
      ["directory.deleted", data],
      ["individual.deleted", data],
      ["employment.deleted", data],
    ]);
    const left = before.filter((row) => row.id !== gone?.id);
    const page = await client.hris.directory.list({ limit: 3, offset: 3 });
    expect(page.individuals).toEqual(left.slice(3, 6));
    expect(page.paging.count).toBe(left.length);
  });

  it("of a broken login comes with the sync that met it, and so does its failure", async () => {
    const { client } = await createTestConnection(sandbox);
    await client.account.introspect();
    await register();
    await client.sandbox.jobs.configuration.update({
      type: "data_sync_all",
      completion_status: "reauth_error",
    });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await drain();
    expect(types()).toEqual(["account.updated", "job.data_sync_all.completed"]);
    expect(receiver.events()[0]).toMatchObject({ data: { status: "reauth" } });
  });

  it("of an assisted connection is about the login only", async () => {
    await register();
    const { client } = await createTestConnection(sandbox, {
      provider_id: "gusto",
      authentication_type: "assisted",
    });
    await client.sandbox.connections.accounts.update({ connection_status: "connected" });
    await client.sandbox.company.update({
      legal_name: "Other",
      entity: null,
      primary_email: null,
      primary_phone_number: null,
      departments: null,
      ein: null,
      locations: null,
      accounts: null,
    });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await drain();
    expect(types()).toEqual(["account.updated", "account.updated"]);
    expect(receiver.events()[1]).toMatchObject({ data: { status: "connected" } });
  });

  it("comes in the shapes of Finch's document and of its guide, in turns or as asked for", async () => {
    await register({ shapes: "both" });
    const { client } = await createTestConnection(sandbox, { provider_id: "gusto", products: ["company"] });
    await client.sandbox.connections.accounts.update({ connection_status: "reauth" });
    await client.sandbox.connections.accounts.update({ connection_status: "connected" });
    await register({ shapes: "guide" });
    await client.sandbox.connections.accounts.update({ connection_status: "reauth" });
    await drain();
    const methods = receiver
      .events()
      .filter((event) => event.event_type === "account.updated")
      .map((event) => (event["data"] as { authentication_method: unknown }).authentication_method);
    expect(methods).toEqual([{ type: "credential" }, "credential", { type: "credential" }, "credential"]);
  });

  it("names a pay date as ISO or as month, day and year", async () => {
    const { created } = await createTestConnection(sandbox);
    await drain();
    await register({ shapes: "both" });
    const change = { event: "payment.created", paymentId: "p", payDate: "2023-10-23" } as const;
    const happened = { connectionId: created.connection_id, entityId: null, at: 0, change };
    sandbox.sandbox.world.changes.tell(happened);
    sandbox.sandbox.world.changes.tell(happened);
    await drain();
    const data = receiver.events().map((event) => event["data"]);
    expect(data).toEqual([
      { payment_id: "p", pay_date: "2023-10-23" },
      { payment_id: "p", pay_date: "10-23-2023" },
    ]);
  });

  it("of a test has the type test", async () => {
    await register();
    await createTestConnection(sandbox);
    await drain();
    receiver.received.length = 0;
    await control(sandbox.url, "POST", "/webhooks/test", { url: receiver.url });
    await drain();
    expect(receiver.received.map((message) => unwrap(message))).toMatchObject([{ event_type: "test" }]);
  });
});
