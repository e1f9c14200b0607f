import type { Ground } from "./ground";

/** What goes wrong between Perch and Finch, and within Perch, while a history happens. */

/** What the product asks Finch for. */
const reads = [
  ...["GET /introspect", "GET /jobs/automated", "POST /jobs/automated", "GET /jobs/automated/{job_id}"],
  ...["GET /employer/company", "GET /employer/directory", "POST /employer/individual"],
  ...["POST /employer/employment", "GET /employer/pay-groups", "GET /employer/pay-groups/{pay_group_id}"],
  ...["GET /employer/payment", "POST /employer/pay-statement", "POST /employer/pay-statement"],
  ...["GET /employer/pay-statement-item", "GET /employer/pay-statement-item/rule", "GET /employer/benefits"],
  ...["GET /employer/benefits/{benefit_id}/individuals", "GET /employer/documents"],
  "GET /employer/documents/{document_id}",
];

const statuses = [400, 401, 402, 403, 404, 408, 422, 429, 500, 501, 502];

/** Faults of every kind that the sandbox has, on the next requests of one operation or of any. */
export async function orderFault(ground: Ground): Promise<void> {
  const operation = ground.chance(0.3) ? "*" : ground.pick(reads);
  const times = ground.number(1, 3);
  const fault = ground.pick<Record<string, unknown>>([
    { kind: "status", status: ground.pick(statuses) },
    { kind: "status", status: ground.pick([429, 500, 502]) },
    {
      kind: "pending",
      finch_code: ground.pick(["pending", "accountant_setup_pending", "data_sync_in_progress"]),
    },
    { kind: "latency", ms: 30 },
    { kind: "hang", ms: 40 },
    { kind: "reset" },
    { kind: "malformed" },
    { kind: "truncated" },
    { kind: "nulls" },
    { kind: "unknown_enums" },
    { kind: "unknown_keys" },
  ]);
  await ground.control("POST", "/faults", { operation, times, token: ground.employer.token, ...fault });
  ground.tell(`${times} × ${JSON.stringify(fault)} for ${operation}`);
}

/** The worker stops in the middle of whatever it does, and another one starts. */
export async function restartWorker(ground: Ground): Promise<void> {
  await ground.stage.restart();
  ground.tell("the worker is restarted");
}

/** Two ask at once, or one asks while a sync runs. */
export async function askForSync(ground: Ground): Promise<void> {
  const reasons = ["requested", "scheduled"] as const;
  const both = ground.chance(0.4);
  await Promise.all([
    ground.employer.enqueue(ground.pick(reasons)),
    ...(both ? [ground.employer.enqueue(ground.pick(reasons))] : []),
  ]);
  ground.tell(both ? "two ask for a sync" : "somebody asks for a sync");
  if (ground.chance(0.6)) await ground.stage.isAtRest(ground.employer.connectionId);
}

/** While a request is under way, somebody else takes its job, as if the worker had died; the late answer comes after all. */
export async function stealJob(ground: Ground): Promise<void> {
  await ground.stage.stealJobs();
  ground.tell("another worker takes the job");
}
