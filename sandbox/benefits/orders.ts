import { randomUUID } from "node:crypto";
import { byPlace, nextPlace } from "@/sandbox/benefits/keys";
import type { BenefitJob, JobItem, OutcomeOrder } from "@/sandbox/benefits/records";
import type { World } from "@/sandbox/call";

export type NewOutcomeOrder = Pick<OutcomeOrder, "connectionId" | "kind"> &
  Partial<Omit<OutcomeOrder, "id" | "place" | "connectionId" | "kind">>;

/** Lets coming benefit jobs of a connection go wrong; the next one only, unless told otherwise. */
export function orderOutcome(world: World, wanted: NewOutcomeOrder): OutcomeOrder {
  const order: OutcomeOrder = {
    individualId: null,
    code: 500,
    message: "Internal server error",
    applied: false,
    times: 1,
    ...wanted,
    id: randomUUID(),
    place: nextPlace(world.store.outcomeOrders.group(wanted.connectionId)),
  };
  return world.store.outcomeOrders.set(order.id, order);
}

/** The people that a job is about, in the order of the request. */
export function peopleOf(job: BenefitJob): string[] {
  if (job.task.kind === "enroll") return job.task.items.map((item) => item.individualId);
  return job.task.kind === "unenroll" ? job.task.individualIds : [];
}

function concerns(order: OutcomeOrder, people: readonly string[]): boolean {
  if (order.kind === "job") return true;
  return order.individualId === null ? people.length > 0 : people.includes(order.individualId);
}

/** Takes the oldest order that concerns a job. */
export function takeOrder(world: World, job: BenefitJob): OutcomeOrder | null {
  const people = peopleOf(job);
  const orders = byPlace(world.store.outcomeOrders.group(job.connectionId));
  const order = orders.find((candidate) => concerns(candidate, people));
  if (!order) return null;
  if (order.times !== null && order.times <= 1) world.store.outcomeOrders.delete(order.id);
  else if (order.times !== null)
    world.store.outcomeOrders.set(order.id, { ...order, times: order.times - 1 });
  return order;
}

/** What an order makes of one person: null where the person is not concerned by it. */
export function orderedItem(
  order: OutcomeOrder | null,
  people: readonly string[],
  individualId: string,
): { item: JobItem | null; applied: boolean } | null {
  if (!order || order.kind === "job") return null;
  if (order.kind !== "every_item" && individualId !== (order.individualId ?? people[0])) return null;
  if (order.kind === "omit") return { item: null, applied: order.applied };
  return {
    item: { individual_id: individualId, code: order.code, message: order.message },
    applied: false,
  };
}
