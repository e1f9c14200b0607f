/**
 * A worker process with endless work, for the figures of the quota gate: the product's own runner, dispatcher and gate,
 * and a job that sends a request and wants to send the next one.
 */
import type { z } from "zod";
import { endlessJob } from "@/bench/lib/quota-job";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { workerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { joinLane, laneGate, priorities, QuotaWait } from "@/lib/quota";
import { startDispatcher } from "@/worker/dispatcher";
import { startRunner } from "@/worker/start-runner";

type Endless = z.infer<typeof endlessJob.schema>;

async function send({ endpoint, token, body }: Endless): Promise<void> {
  const [method = "GET", path = ""] = endpoint.split(" ");
  const response = await fetch(`${env().FINCH_BASE_URL}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === null ? {} : { body }),
  });
  // The slot rests from the headers on, as in lib/finch.
  void response.arrayBuffer();
}

async function work({ grantId, ...payload }: Endless): Promise<void> {
  const { customerId, lane, endpoint } = payload;
  const gate = laneGate({ lane, grantId });
  try {
    for (;;) {
      const slot = await gate.enter(endpoint);
      await send(payload);
      await slot.answered();
    }
  } catch (error) {
    if (!(error instanceof QuotaWait)) throw error;
    await inScope(workerContext(customerId), (tx) =>
      joinLane(tx, {
        key: error.key,
        priority: priorities.scheduled,
        lane,
        connectionId: lane,
        wake: { job: endlessJob, payload },
        waker: `${lane} ${endpoint}`,
        runId: null,
      }),
    );
  } finally {
    await gate.release();
  }
}

const connectionString = env().WORKER_DATABASE_URL ?? "";
await configureDatabase({ url: connectionString, max: 10 });
const dispatcher = await startDispatcher();
const runner = await startRunner({
  connectionString,
  taskList: { [endlessJob.name]: (payload) => work(endlessJob.schema.parse(payload)) },
  concurrency: 64,
  sessions: 3,
  more: { preset: { worker: { localQueue: { size: 1, ttl: 1_000 } } } },
});
process.on("SIGTERM", () => {
  void Promise.all([dispatcher.stop(), runner.stop(1_000)])
    .then(closeDatabase)
    .then(() => process.exit(0));
});
