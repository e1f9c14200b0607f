import type { World } from "@/sandbox/call";
import { cases } from "@/sandbox/cases/catalog";
import { Seedbed } from "@/sandbox/cases/seedbed";

/** The seed that holds the cases. */
export const caseSeed = "cases";

/** Plants all cases where the state is that seed's and has none yet. */
export function loadCases(world: World): void {
  if (world.store.seed !== caseSeed || world.store.cases.size > 0) return;
  const bed = new Seedbed(world);
  for (const { number, plant } of cases) {
    const place = plant(bed);
    world.store.cases.set(String(number), {
      number,
      connectionId: place.connection_id,
      individualId: place.individual_id ?? null,
      paymentId: place.payment_id ?? null,
    });
  }
  world.store.flush();
}
