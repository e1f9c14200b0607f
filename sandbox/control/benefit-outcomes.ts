import { z } from "zod";
import { orderOutcome } from "@/sandbox/benefits/orders";
import type { OutcomeOrder } from "@/sandbox/benefits/records";
import type { World } from "@/sandbox/call";
import { readJson, type Mount } from "@/sandbox/control/mount";
import { notFound } from "@/sandbox/errors";
import { parseInput } from "@/sandbox/validate";

const NewOrder = z.strictObject({
  connection_id: z.string(),
  kind: z.enum(["omit", "item", "every_item", "job"]),
  individual_id: z.string().nullable().default(null),
  code: z.number().int().min(400).max(599).default(500),
  message: z.string().max(200).default("Internal server error"),
  applied: z.boolean().default(false),
  times: z.number().int().min(1).nullable().default(1),
});

const toView = ({ connectionId, individualId, ...rest }: OutcomeOrder) => ({
  connection_id: connectionId,
  individual_id: individualId,
  ...rest,
});

function add(world: World, input: z.infer<typeof NewOrder>) {
  const { connection_id: connectionId, individual_id: individualId, ...rest } = input;
  if (!world.store.connections.get(connectionId))
    throw notFound(`No connection with id ${connectionId} found`);
  return toView(orderOutcome(world, { connectionId, individualId, ...rest }));
}

/** How coming jobs of deductions go wrong, by connection. */
export function mountBenefitOutcomes({ app, desk: { world }, guarded }: Mount): void {
  const path = "/_sandbox/benefit-outcomes";
  app.get(
    path,
    guarded(() => world.store.outcomeOrders.all().map(toView)),
  );
  app.post(
    path,
    guarded(async (c) => add(world, parseInput(NewOrder, await readJson(c)))),
  );
  app.delete(
    path,
    guarded(() => (world.store.outcomeOrders.clear(), { cleared: true })),
  );
}
