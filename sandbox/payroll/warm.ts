import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { baseOf } from "@/sandbox/payroll/base";
import { dayOfInstant } from "@/sandbox/payroll/calendar";
import { planPayroll, runsBetween } from "@/sandbox/payroll/runs";
import type { Connection } from "@/sandbox/records";

const largeCompany = 2_000;
const peopleAtOnce = 250;
// This year and the last one: what a first read of payroll asks for.
const recentDays = 700;
const nextRunDays = 50;

/**
 * Makes the payroll of large companies in small steps between requests, so that the first request for
 * payments does not have to wait for 25,000 people. Small ones are made when they are asked for.
 */
export function warmPayroll(world: World, connection: Connection): void {
  for (const entity of connection.entities) {
    const company = planOf(world, connection, entity);
    if (company.size < largeCompany) continue;
    const plan = planPayroll(company, connection);
    const base = baseOf(world, plan);
    const today = dayOfInstant(world.clock.now());
    const runs = runsBetween(plan, today - recentDays, today + nextRunDays, today);
    const step = () => {
      if (!base.grown) base.grow(peopleAtOnce);
      else {
        const run = runs.pop();
        if (!run) return;
        base.totalsOf(run);
      }
      setImmediate(step).unref();
    };
    setImmediate(step).unref();
  }
}
