import { describe, expect, it } from "vitest";
import { claimWork } from "./claim-step";
import { LeaseLost } from "./lease";
import { settleStep } from "./settle-step";
import { startSync } from "./start-sync";
import { drive, driveTo, nextStep, performSized, type PageSizes } from "./steps/testing";
import { everyProduct, useSyncWorld, type TestConnection } from "./testing";
import type { StepWork } from "./work";

const world = useSyncWorld();
const sizes: PageSizes = { directory: 5, people: 6, statements: 4 };

class Killed extends Error {}

/** A worker that dies once at each of its requests: before it is sent, or after it was answered. */
class MortalWorker {
  private readonly died = new Set<string>();
  deaths = 0;
  private requests = 0;

  constructor(private readonly dies: "before" | "after") {}

  wrap(work: StepWork): StepWork {
    const { caller } = work;
    const isFirstTime = () => {
      const key = `${work.step.name}@${work.step.entityId} ${this.requests}`;
      if (this.died.has(key)) return false;
      this.died.add(key);
      this.deaths += 1;
      return true;
    };
    return {
      ...work,
      caller: {
        ...caller,
        gate: {
          enter: async (endpoint) => {
            if (this.dies === "before" && isFirstTime()) throw new Killed();
            return work.gate.enter(endpoint);
          },
        },
        record: async (request) => {
          if (this.dies === "after" && isFirstTime()) throw new Killed();
          this.requests += 1;
          await caller.record(request);
        },
      },
    };
  }
}

/** Runs a whole run with workers that die; the queue gives the job of a dead one to the next. */
async function survive(connection: TestConnection, runId: string, worker: MortalWorker): Promise<void> {
  await startSync({ customerId: connection.customerId, runId });
  for (let step = await nextStep(connection, runId); step; step = await nextStep(connection, runId)) {
    const { customerId, name, entityId, epoch } = step;
    for (let attempt = 1; ; attempt += 1) {
      const work = await claimWork(connection.ctx, {
        key: { customerId, runId, name, entityId },
        epoch,
        attempt,
      });
      if (!work) throw new Error(`${name} was not free for attempt ${attempt}`);
      const mortal = worker.wrap(work);
      try {
        await settleStep(work, await performSized(mortal, sizes));
        break;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      } finally {
        await work.gate.release();
      }
    }
  }
}

const total = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** What is mirrored, without our ids and times. */
const mirrored = ({ connectionId }: TestConnection) =>
  world.row(
    `select (select count(*)::int from individuals where connection_id = $1 and deleted_at is null) as people,
       (select count(*)::int from individuals where connection_id = $1 and individual_fetched_at is not null
          and employment_fetched_at is not null) as complete,
       (select array_agg(cardinality(individual_ids) order by finch_pay_group_id) from pay_groups where connection_id = $1) as groups,
       (select count(*)::int from payments where connection_id = $1 and statements_state = 'complete') as payments,
       (select count(*)::int from pay_statements where connection_id = $1 and deleted_at is null) as statements,
       (select sum(gross_cents)::text from wage_totals where connection_id = $1) as gross,
       (select count(*)::int from enrollments where connection_id = $1 and deleted_at is null) as enrollments`,
    [connectionId],
  );

/** A full run in which nobody dies: its requests, and what is mirrored after it. */
async function undisturbed(connection: TestConnection) {
  const { runId } = await world.enqueue(connection, "reconnected");
  const before = await world.lastRequest();
  await drive(connection, runId, sizes);
  return { requests: await world.requestsSince(before, connection), mirror: await mirrored(connection) };
}

describe("a worker that dies", () => {
  async function disturbed(dies: "before" | "after") {
    const options = { provider: "adp_run", products: everyProduct, employees: 9, payments: 3 };
    const connection = await world.connect(options);
    const { runId } = await world.enqueue(connection);
    const worker = new MortalWorker(dies);
    const before = await world.lastRequest();
    await survive(connection, runId, worker);
    const requests = await world.requestsSince(before, connection);
    return { connection, requests, deaths: worker.deaths, mirror: await mirrored(connection) };
  }

  it("between any two requests loses nothing, and nothing is asked twice", async () => {
    const { connection, requests, deaths, mirror } = await disturbed("before");
    expect(deaths).toBeGreaterThan(20);
    expect(mirror).toMatchObject({ people: 9, complete: 9, payments: 3 });
    expect({ requests, mirror }).toEqual(await undisturbed(connection));
  });

  it("while it has an answer in its hands has that one request repeated, once", async () => {
    const { connection, requests, deaths, mirror } = await disturbed("after");
    const plain = await undisturbed(connection);
    expect(deaths).toBe(total(plain.requests));
    const twice = Object.entries(plain.requests).map(([operation, count]) => [operation, 2 * count]);
    expect(requests).toEqual(Object.fromEntries(twice));
    expect(mirror).toEqual(plain.mirror);
  });
});

describe("a refresh that a person asked for", () => {
  it("is found again where its answer died with the worker, and not asked for twice", async () => {
    const connection = await world.connect({ provider: "adp_run", products: ["directory"], employees: 2 });
    await world.sync(connection);
    const { runId } = await world.enqueue(connection, "requested");
    const before = await world.lastRequest();
    await survive(connection, runId, new MortalWorker("after"));
    const requests = await world.requestsSince(before, connection);
    // Once more each: the list itself, the list instead of the refresh, and the job that is followed.
    expect([requests["POST /jobs/automated"], requests["GET /jobs/automated"]]).toEqual([1, 3]);
    const { data } = await world.finch<{ data: { job_id: string; status: string }[] }>(
      "GET",
      "/jobs/automated",
      undefined,
      connection.accessToken,
    );
    expect(
      await world.rows(
        "select finch_job_id as job_id, status from finch_jobs where connection_id = $1 order by finch_job_id",
        [connection.connectionId],
      ),
    ).toEqual(
      data.map(({ job_id, status }) => ({ job_id, status })).sort((a, b) => (a.job_id < b.job_id ? -1 : 1)),
    );
    const step = await world.row(
      "select status, message from sync_steps where run_id = $1 and name = 'finch_jobs'",
      [runId],
    );
    expect(step).toEqual({ status: "succeeded", message: "Finch fetched newer data." });
  });
});

describe("an answer to an old token, or after a disconnect,", () => {
  const late: [step: string, products: string[], tables: string[]][] = [
    ["pay_groups", ["payment"], ["pay_groups"]],
    ["payments", ["payment"], ["payments"]],
    ["pay_statements", ["payment", "pay_statement"], ["pay_statements", "wage_totals"]],
    ["pay_statement_items", ["pay_statement"], ["pay_statement_items"]],
    ["benefits", ["benefits"], ["benefits", "enrollments"]],
  ];
  const ends = {
    reconnected: (connection: TestConnection) => world.giveToken(connection, connection.accessToken),
    disconnected: ({ connectionId }: TestConnection) =>
      world.rows("update connections set disconnected_at = now() where id = $1", [connectionId]),
  };

  it.each(late)("changes nothing in %s", async (name, products, tables) => {
    for (const end of Object.values(ends)) {
      const connection = await world.connect({ products, employees: 4, payments: 2 });
      const { runId } = await world.enqueue(connection);
      const { customerId, entityId, epoch } = await driveTo(connection, runId, name);
      const work = await claimWork(connection.ctx, {
        key: { customerId, runId, name, entityId },
        epoch,
        attempt: 1,
      });
      if (!work) throw new Error("not claimed");
      const gate = {
        enter: async (endpoint: string) => {
          await end(connection);
          return work.gate.enter(endpoint);
        },
      };
      const step = performSized({ ...work, caller: { ...work.caller, gate } }, sizes);
      await expect(step).rejects.toBeInstanceOf(LeaseLost);
      await work.gate.release();
      for (const table of tables) {
        const rows = `select 1 from ${table} where connection_id = $1`;
        expect(await world.rows(rows, [connection.connectionId]), table).toEqual([]);
      }
      expect(await world.connectionRow(connection)).not.toHaveProperty("freshness.pay_statement");
    }
  });
});
