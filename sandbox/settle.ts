import type { World } from "@/sandbox/call";
import { Heap } from "@/sandbox/heap";

/** One kind of thing that ends by the clock: data syncs, benefit jobs. `world.settlers` lists them. */
export interface Settler {
  /** When the next one of a connection is over (milliseconds), or null. */
  dueAt(world: World, connectionId: string): number | null;
  /** Ends the one that is over first. It must not stay due at the same time. */
  settleNext(world: World, connectionId: string): void;
}

/** More than decades of daily syncs: beyond it a settler keeps something due, and would hang the process. */
const maxSteps = 100_000;

function checkSteps(steps: number, connectionId: string): void {
  if (steps > maxSteps) throw new Error(`settling connection ${connectionId} does not come to an end`);
}

function next(world: World, connectionId: string): { due: number; settler: Settler } | null {
  const connection = world.store.connections.get(connectionId);
  if (!connection || connection.disconnectedAt !== null) return null;
  let first: { due: number; settler: Settler } | null = null;
  for (const settler of world.settlers) {
    const due = settler.dueAt(world, connectionId);
    if (due !== null && (first === null || due < first.due)) first = { due, settler };
  }
  return first;
}

/** When something of a connection is over next (milliseconds), or null. */
export function dueAt(world: World, connectionId: string): number | null {
  return next(world, connectionId)?.due ?? null;
}

/**
 * Brings a connection up to the clock: ends what is over, in order of time. Called before a request
 * reads the connection, so that what it sees does not hang on a timer.
 */
export function settle(world: World, connectionId: string): void {
  const now = world.clock.now();
  let steps = 0;
  for (let due = next(world, connectionId); due && due.due <= now; due = next(world, connectionId)) {
    checkSteps(++steps, connectionId);
    due.settler.settleNext(world, connectionId);
  }
}

/**
 * Brings all connections up to the clock, in order of time over all of them, for as long as `mayGoOn`.
 * @returns whether all of it was done
 */
export function settleAll(
  world: World,
  connectionIds: Iterable<string>,
  mayGoOn: () => boolean = () => true,
): boolean {
  const now = world.clock.now();
  const heap = new Heap<string>();
  const steps = new Map<string, number>();
  const note = (id: string) => {
    const due = dueAt(world, id);
    if (due !== null && due <= now) heap.push(due, id);
  };
  for (const id of connectionIds) note(id);
  for (let id = heap.popUntil(now); id !== undefined; id = heap.popUntil(now)) {
    const taken = (steps.get(id) ?? 0) + 1;
    checkSteps(taken, id);
    steps.set(id, taken);
    next(world, id)?.settler.settleNext(world, id);
    note(id);
    if (!mayGoOn()) return heap.size === 0;
  }
  return true;
}
