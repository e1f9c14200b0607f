import type { World } from "@/sandbox/call";
import type { Html } from "@/sandbox/console/parts";
import type { Desk } from "@/sandbox/dispatch";

/** What a part of the console is drawn from. */
export interface ViewInput {
  desk: Desk;
  world: World;
  params: URLSearchParams;
  /** The sandbox's time. Milliseconds. */
  now: number;
  /** Where this page was asked for. */
  origin: string;
}

export type View = (input: ViewInput) => Html | Promise<Html>;

/** A number of the address, within limits. */
export function numberOf(params: URLSearchParams, name: string, fallback = 0): number {
  const value = Number(params.get(name) ?? fallback);
  return Number.isSafeInteger(value) && value >= 0 ? value : fallback;
}
