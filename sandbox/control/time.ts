import { z } from "zod";
import type { World } from "@/sandbox/call";
import { loadCases } from "@/sandbox/cases/load";
import { completeJobs } from "@/sandbox/control/complete-jobs";
import { readJson, type Mount } from "@/sandbox/control/mount";
import type { Desk } from "@/sandbox/dispatch";
import { invalidRequest } from "@/sandbox/errors";
import { settleAll } from "@/sandbox/settle";
import { parseInput } from "@/sandbox/validate";

const Reset = z.strictObject({ seed: z.string().min(1).max(200).optional() });

const firstYear = Date.UTC(2000, 0);
const lastYear = Date.UTC(2101, 0);
const longestStepMs = 20 * 366 * 86_400_000;

const ClockChange = z.strictObject({
  now: z.iso
    .datetime({ offset: true })
    .refine((text) => Date.parse(text) >= firstYear && Date.parse(text) < lastYear, {
      message: "must lie between 2000 and 2100",
    })
    .optional(),
  frozen: z.boolean().optional(),
  rate: z.number().positive().max(10).optional(),
  advance_ms: z.number().int().min(0).max(longestStepMs).optional(),
});

function changeClock(world: World, change: z.infer<typeof ClockChange>) {
  const { now, frozen, rate, advance_ms } = change;
  const start = now === undefined ? world.clock.now() : Date.parse(now);
  // Dates are compared as texts, which end with the year 9999; some steps of the longest kind would get there.
  if (advance_ms && start + advance_ms >= lastYear)
    throw invalidRequest("Invalid request: advance_ms: the clock must stay before 2101");
  world.clock.adjust({
    ...(now === undefined ? {} : { now: Date.parse(now) }),
    ...(frozen === undefined ? {} : { frozen }),
    ...(rate === undefined ? {} : { rate }),
    ...(advance_ms === undefined ? {} : { advanceMs: advance_ms }),
  });
  settleAll(
    world,
    world.store.connections.all().map((row) => row.id),
  );
  return world.clock.state();
}

function reset(desk: Desk, seed: string | undefined) {
  const { store, clock, settings } = desk.world;
  const endpoints = store.webhookEndpoints.all().filter((row) => row.fromStart);
  clock.reset();
  store.reset(seed ?? settings.seed);
  loadCases(desk.world);
  for (const row of endpoints) store.webhookEndpoints.set(row.id, { ...row, turns: {}, dropped: 0 });
  desk.faults.clear();
  desk.log.clear();
  desk.limits?.clear();
  return { seed: store.seed };
}

/** Time, and back to the start. */
export function mountTime({ app, desk, guarded }: Mount): void {
  const { world } = desk;
  app.post(
    "/_sandbox/reset",
    guarded(async (c) => reset(desk, parseInput(Reset, await readJson(c)).seed)),
  );
  app.get(
    "/_sandbox/clock",
    guarded(() => world.clock.state()),
  );
  app.put(
    "/_sandbox/clock",
    guarded(async (c) => changeClock(world, parseInput(ClockChange, await readJson(c)))),
  );
  app.post(
    "/_sandbox/jobs/complete",
    guarded(() => ({ completed: completeJobs(world) })),
  );
}
