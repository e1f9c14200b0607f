import { Logger, runOnce } from "graphile-worker";
import { describe, expect, it } from "vitest";
import { inSystem } from "@/db/client";
import { useAuditWorld } from "@/lib/domain/audit/testing";
import { platformCustomerId } from "@/lib/domain/context";
import { signAuditJob } from "@/lib/jobs/audit";
import { enqueue } from "@/lib/jobs/define";
import { taskList } from "./registry";
import { schedules } from "./schedules";

const world = useAuditWorld();
const work = () =>
  runOnce({
    connectionString: world.database().urls.worker,
    taskList,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  });

describe("the job audit.sign", () => {
  it("signs every chain as the worker, and checks them whole where it is told to", async () => {
    const [acme, globex] = [await world.chain(2), await world.chain(3)];
    await inSystem((tx) => enqueue(tx, signAuditJob, {}));
    await work();
    const signed = () =>
      world.sql()`select customer_id as id, max(seq)::int as seq from audit_signatures group by 1`;
    expect(new Set((await signed()).map((row) => `${String(row["id"])} ${Number(row["seq"])}`))).toEqual(
      new Set([`${acme} 2`, `${globex} 3`, `${platformCustomerId} 1`]),
    );
    await world.sql()`update audit_log set actor_id = 'x' where customer_id = ${acme} and seq = 1`;
    await inSystem((tx) => enqueue(tx, signAuditJob, { full: true }));
    await work();
    const [check] = await world.sql()`select problems from audit_checks where customer_id = ${acme}`;
    expect(check?.["problems"]).toEqual([{ kind: "row_changed", seq: 1 }]);
    expect(await world.sql()`select 1 from graphile_worker.jobs`).toHaveLength(0);
  });

  it("comes every hour, and once a day for the whole chains", () => {
    const mine = schedules().filter(({ task }) => task === signAuditJob.name);
    expect(mine.map(({ payload }) => payload ?? {})).toEqual([{}, { full: true }]);
    expect(new Set(mine.map(({ identifier }) => identifier)).size).toBe(2);
  });
});
