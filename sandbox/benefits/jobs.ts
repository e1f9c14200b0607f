import { randomUUID } from "node:crypto";
import { writesByHand } from "@/sandbox/benefits/features";
import { byPlace, nextPlace } from "@/sandbox/benefits/keys";
import type { Benefit, BenefitJob, BenefitTask } from "@/sandbox/benefits/records";
import { runJob } from "@/sandbox/benefits/run-job";
import type { Caller, World } from "@/sandbox/call";
import type { Settler } from "@/sandbox/settle";

const keptJobs = 200;
const iso = (ms: number) => new Date(ms).toISOString();

/** Sends a change to the provider. Machines are done soon, people within days (`settings.benefitJobMs`). */
export function startBenefitJob(
  world: World,
  caller: Caller,
  benefit: Benefit,
  task: BenefitTask,
): BenefitJob {
  const now = world.clock.now();
  const byHand = writesByHand(caller.provider, caller.account.authenticationType);
  const delay = world.settings.benefitJobMs[byHand ? "assisted" : "automated"];
  const connectionId = caller.connection.id;
  const jobs = byPlace(world.store.benefitJobs.group(connectionId));
  const over = jobs.filter((job) => job.result !== null);
  for (const old of over.slice(0, Math.max(0, over.length - keptJobs)))
    world.store.benefitJobs.delete(old.id);
  const id = randomUUID();
  return world.store.benefitJobs.set(id, {
    id,
    place: nextPlace(jobs),
    connectionId,
    entityId: benefit.entityId,
    accountId: caller.account.id,
    benefitId: benefit.id,
    task,
    createdAt: iso(now),
    // A short wait first, so that a job is seen pending, then running, then done.
    startsAt: iso(now + Math.floor(delay / 8)),
    endsAt: iso(now + delay),
    result: null,
  });
}

const isBefore = (a: BenefitJob, b: BenefitJob) =>
  a.endsAt === b.endsAt ? a.place < b.place : a.endsAt < b.endsAt;

function nextJob(world: World, connectionId: string): BenefitJob | null {
  let first: BenefitJob | null = null;
  for (const job of world.store.benefitJobs.group(connectionId)) {
    if (job.result === null && (first === null || isBefore(job, first))) first = job;
  }
  return first;
}

/** Benefit jobs end by the clock, one after the other. */
export const benefitJobSettler: Settler = {
  dueAt: (world, connectionId) => {
    const job = nextJob(world, connectionId);
    return job && Date.parse(job.endsAt);
  },
  settleNext: (world, connectionId) => {
    const job = nextJob(world, connectionId);
    if (!job) return;
    const items = runJob(world, job);
    world.store.benefitJobs.set(job.id, { ...job, result: { items } });
    world.changes.tell({
      connectionId,
      entityId: job.entityId,
      at: Date.parse(job.endsAt),
      change: { event: `job.benefit_${job.task.kind}.completed`, jobId: job.id },
    });
  },
};

/**
 * Lets all open benefit jobs of a connection be over now. Finch's sandbox does so for assisted
 * connections when a sandbox job is enqueued (Finch: Finch Sandbox, "Testing Deductions").
 */
export function hurryBenefitJobs(world: World, connectionId: string): number {
  const now = world.clock.iso();
  const open = world.store.benefitJobs.group(connectionId).filter((job) => job.result === null);
  for (const job of open) world.store.benefitJobs.set(job.id, { ...job, startsAt: now, endsAt: now });
  return open.length;
}
