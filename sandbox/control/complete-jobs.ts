import { hurryBenefitJobs } from "@/sandbox/benefits/jobs";
import type { World } from "@/sandbox/call";
import { settleAll } from "@/sandbox/settle";

/** Ends all running jobs now, those of deductions too. Scheduled ones stay scheduled. */
export function completeJobs(world: World): number {
  const now = world.clock.iso();
  const syncs = world.store.jobs.where((job) => !job.settled && job.origin !== "scheduled");
  for (const job of syncs) world.store.jobs.set(job.id, { ...job, startsAt: now, endsAt: now });
  const open = world.store.benefitJobs.where((job) => job.result === null);
  const ids = new Set([...syncs, ...open].map((job) => job.connectionId));
  const hurried = [...ids].reduce((sum, id) => sum + hurryBenefitJobs(world, id), 0);
  settleAll(world, ids);
  return syncs.length + hurried;
}
