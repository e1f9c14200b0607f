import type { Json } from "@/sandbox/testing/finch-schema";
import type { Kind } from "@/sandbox/testing/walk/kinds";

export type Facts = Record<string, string>;

/** A good request, made of what earlier answers said. */
export interface Stop {
  operation: string;
  note: string;
  send?: (facts: Facts) => { params?: Record<string, string>; query?: Record<string, string>; body?: Json };
  /** Where it is not 200: the status, by kind of connection. */
  status?: number | ((kind: Kind) => number);
  /** Ids for later requests. */
  keep?: (body: Json) => Facts;
}

/** An id that nothing has. */
export const nobody = "11111111-1111-4111-8111-111111111111";
