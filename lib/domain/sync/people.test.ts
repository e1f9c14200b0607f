import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { markAbsentDeleted, upsertDirectoryEntries } from "@/db/repositories/mirror-individuals";
import { claimWork } from "./claim-step";
import { startSync } from "./start-sync";
import { directoryStep } from "./steps/directory";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();

const resize = ({ finchConnectionId }: TestConnection, employeeSize: number) => {
  const { connections } = world.sandbox().sandbox.world.store;
  const row = connections.get(finchConnectionId);
  if (!row) throw new Error("no such connection");
  connections.set(row.id, { ...row, employeeSize });
};
const peopleOf = ({ connectionId }: TestConnection) =>
  world.rows<{ finch_individual_id: string; gone: boolean; id: string }>(
    "select id, finch_individual_id, deleted_at is not null as gone from individuals where connection_id = $1 order by finch_individual_id",
    [connectionId],
  );

/** Reads the directory in pages of 8, with something happening at Finch after each request. */
async function readDirectory(connection: TestConnection, meanwhile: () => void) {
  const { ctx, customerId } = connection;
  const { runId } = await world.enqueue(connection, "scheduled");
  await startSync({ customerId, runId });
  const work = await claimWork(ctx, {
    key: { customerId, runId, name: "directory", entityId: "" },
    epoch: 0,
    attempt: 1,
  });
  if (!work) throw new Error("the step was not free");
  let requests = 0;
  const record: typeof work.caller.record = async (request) => {
    await work.caller.record(request);
    requests += 1;
    meanwhile();
  };
  const ending = await directoryStep({ ...work, caller: { ...work.caller, record } }, 8);
  return { requests, ending };
}

describe("people", () => {
  it("who leave the directory are marked, and come back as the same rows", async () => {
    const connection = await world.connect();
    await world.sync(connection);
    const before = await peopleOf(connection);
    resize(connection, 17);
    const runId = await world.sync(connection, "scheduled");
    const without = await peopleOf(connection);
    expect(without.filter((person) => person.gone)).toHaveLength(3);
    const [step] = await world.rows(
      "select done, message from sync_steps where run_id = $1 and name = 'directory'",
      [runId],
    );
    expect(step).toEqual({ done: 17, message: "3 people are no longer in the directory." });
    resize(connection, 20);
    await world.sync(connection, "scheduled");
    expect(await peopleOf(connection)).toEqual(before);
  });

  it("are taken out only after a pass that saw one state of the directory throughout", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const sizes = [18];
    const pages = await readDirectory(connection, () => resize(connection, sizes.pop() ?? 18));
    // Three pages of the pass that broke, three of its repetition.
    expect(pages).toEqual({
      requests: 6,
      ending: { end: "done", message: "2 people are no longer in the directory." },
    });
  });

  it("are taken out by no pass between whose pages Finch renewed its data, though it counts as many", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const { connections } = world.sandbox().sandbox.world.store;
    let renewals = 1;
    const pages = await readDirectory(connection, () => {
      const row = connections.get(connection.finchConnectionId);
      if (!row || renewals === 0) return;
      renewals -= 1;
      connections.set(row.id, { ...row, lastSyncedAt: new Date(Date.now() + 60_000).toISOString() });
    });
    // Three pages of the pass that broke, three of its repetition.
    expect(pages).toEqual({ requests: 6, ending: { end: "done" } });
  });

  it("all stay while every pass sees the directory change", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    let size = 20;
    const { ending } = await readDirectory(connection, () => resize(connection, (size -= 1)));
    expect(ending).toEqual({
      end: "done",
      message: "The directory changed while it was read; nobody was taken out of it.",
    });
    expect((await peopleOf(connection)).filter((person) => person.gone)).toEqual([]);
  });

  it("are written in any order of the answers: the newer one stays", async () => {
    const { ctx, customerId, connectionId } = await world.connect({ products: ["directory"] });
    const scope = { customerId, connectionId, entityId: "" };
    const entry = (firstName: string) => ({
      finchId: "a",
      firstName,
      middleName: null,
      lastName: "Young",
      managerId: null,
      department: null,
      isActive: true,
    });
    const [early, late] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-01-02T00:00:00Z")];
    await inScope(ctx, (tx) => upsertDirectoryEntries(tx, scope, [entry("New")], late));
    await inScope(ctx, (tx) => upsertDirectoryEntries(tx, scope, [entry("Old")], early));
    expect(
      await world.row("select first_name from individuals where connection_id = $1", [connectionId]),
    ).toEqual({ first_name: "New" });
  });

  it("who left are not brought back by an older answer", async () => {
    const { ctx, customerId, connectionId } = await world.connect({ products: ["directory"] });
    const scope = { customerId, connectionId, entityId: "" };
    const person = {
      finchId: "a",
      firstName: "A",
      middleName: null,
      lastName: "B",
      managerId: null,
      department: null,
      isActive: true,
    };
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    await inScope(ctx, (tx) => upsertDirectoryEntries(tx, scope, [person], day(1)));
    expect(await inScope(ctx, (tx) => markAbsentDeleted(tx, scope, day(3)))).toBe(1);
    await inScope(ctx, (tx) => upsertDirectoryEntries(tx, scope, [person], day(2)));
    expect(
      await world.row("select deleted_at is null as here from individuals where connection_id = $1", [
        connectionId,
      ]),
    ).toEqual({ here: false });
    await inScope(ctx, (tx) => upsertDirectoryEntries(tx, scope, [person], day(4)));
    expect(
      await world.row("select deleted_at is null as here from individuals where connection_id = $1", [
        connectionId,
      ]),
    ).toEqual({ here: true });
  });

  it("keep only the incomes that Finch still gives", async () => {
    const connection = await world.connect();
    await world.sync(connection);
    const [person] = await world.rows<{ id: string; finch_individual_id: string }>(
      `select i.id, i.finch_individual_id from individuals i where i.connection_id = $1
         and exists (select from income_history h where h.individual_id = i.id) limit 1`,
      [connection.connectionId],
    );
    await world.finch(
      "PUT",
      `/sandbox/employment/${person?.finch_individual_id ?? ""}`,
      {
        income: { unit: "hourly", amount: 4321, currency: "usd", effective_date: "2026-01-01" },
        income_history: [],
      },
      connection.accessToken,
    );
    await world.finch("POST", "/sandbox/jobs", { type: "data_sync_all" }, connection.accessToken);
    await world.finch("POST", "/_sandbox/jobs/complete", {});
    await world.sync(connection, "scheduled");
    const incomes = await world.rows(
      "select ordinal, unit, amount_cents::text as cents from income_history where individual_id = $1",
      [person?.id ?? ""],
    );
    expect(incomes).toEqual([{ ordinal: 0, unit: "hourly", cents: "4321" }]);
  });

  it("whose custom field holds an SSN are mirrored without it", async () => {
    const connection = await world.connect();
    const directory = await world.finch<{ individuals: { id: string }[] }>(
      "GET",
      "/employer/directory",
      undefined,
      connection.accessToken,
    );
    const id = directory.individuals[0]?.id ?? "";
    await world.finch(
      "PUT",
      `/sandbox/employment/${id}`,
      {
        custom_fields: [
          { name: "Badge", value: "078-05-1120" },
          { name: "Team", value: "Blue" },
        ],
      },
      connection.accessToken,
    );
    await world.finch("POST", "/sandbox/jobs", { type: "data_sync_all" }, connection.accessToken);
    await world.finch("POST", "/_sandbox/jobs/complete", {});
    await world.sync(connection);
    const row = await world.row(
      "select custom_fields from individuals where finch_individual_id = $1 and connection_id = $2",
      [id, connection.connectionId],
    );
    expect(row["custom_fields"]).toEqual([
      { name: "Badge", value: "[masked]" },
      { name: "Team", value: "Blue" },
    ]);
    expect(await world.rows("select 1 from raw_records where raw::text like '%078-05-1120%'")).toEqual([]);
  });
});

describe("sync now", () => {
  it("has Finch fetch anew first where a refresh is left, and says how many are left", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const { runId } = await world.enqueue(connection, "requested");
    await world.work();
    const step = await world.row(
      "select status, message, requests from sync_steps where run_id = $1 and name = 'finch_jobs'",
      [runId],
    );
    expect(step).toMatchObject({ status: "succeeded", message: "Finch fetched newer data." });
    expect(await world.connectionRow(connection)).toMatchObject({
      refreshes_allowed: 1,
      refreshes_remaining: 0,
    });
    const second = await world.sync(connection, "requested");
    const again = await world.row(
      "select status, message from sync_steps where run_id = $1 and name = 'finch_jobs'",
      [second],
    );
    expect(again).toEqual({
      status: "succeeded",
      message: "No refresh is left at Finch right now; what it has is mirrored.",
    });
    expect(await world.row("select status from sync_runs where id = $1", [second])).toEqual({
      status: "succeeded",
    });
  });

  it("joins a run that is open already", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const first = await world.enqueue(connection);
    const second = await world.enqueue(connection, "requested");
    expect(second).toEqual({ runId: first.runId, joined: true });
    await world.work();
  });

  it("of somebody whose right was taken away meanwhile does not run", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { runId } = await world.enqueue(connection, "requested");
    await world.rows("update sync_runs set requested_by = 'nobody' where id = $1", [runId]);
    await world.work();
    expect(await world.row("select status, failure_code from sync_runs where id = $1", [runId])).toEqual({
      status: "cancelled",
      failure_code: "forbidden",
    });
    expect(await world.rows("select 1 from api_requests where sync_run_id = $1", [runId])).toEqual([]);
  });
});
