import type { z } from "zod";
import type { Secret } from "@/lib/crypto";
import type { FinchCaller } from "../caller";
import type { Outcome } from "../outcome";
import { scrub } from "../scrub";
import type { ScrubbedJson } from "../types";
import { failure, noBody, readErrorBody } from "./classify";
import { exchange, type Answer, type Sendable } from "./exchange";
import { isTooDeep } from "./depth";
import { bodyLimits, BrokenBody, EndlessBody, readBody, type BodyLimits } from "./read-body";

/** What is read as a whole is in memory several times over; the largest known, 10,000 benefits, has some 3 MB. */
const largestWholeBytes = 64 * 1024 * 1024;

/** A parsed answer on its way to one of our shapes. */
export interface Parsed<Wire> {
  wire: Wire;
  /** The scrubbed answer. */
  json: ScrubbedJson;
  secrets: ReadonlyMap<string, Secret>;
  status: number | null;
}

export interface FinchRequest<Wire, T> extends Sendable {
  schema: z.ZodType<Wire>;
  reshape(parsed: Parsed<Wire>): T;
  /** Where 202 is an answer like any other. */
  accepts202?: boolean;
}

/** A request whose answer is read as a whole: parse, classify, scrub, reshape. */
export function callFinch<Wire, T>(caller: FinchCaller, request: FinchRequest<Wire, T>): Promise<Outcome<T>> {
  return exchange(caller, request, async (answer): Promise<Outcome<T>> => {
    const { head } = answer;
    const body = await readWhole(answer);
    if (body === null) return failure("timeout", head, noBody);
    if (head.status === 202 && !request.accepts202) return failure("pending", head, readErrorBody(body.json));
    if (body.json === undefined || isTooDeep(body.json)) return failure("malformed", head, noBody);
    const { json, secrets } = scrub(body.json);
    const parsed = request.schema.safeParse(json);
    if (!parsed.success) return failure("malformed", head, noBody);
    const data = request.reshape({ wire: parsed.data, json, secrets, status: head.status });
    return { kind: "ok", data, finchCode: null, ...head };
  });
}

/** The body as JSON, undefined where it is none or too large; null where it broke off. */
export async function readWhole(
  { response, meter }: Answer,
  limits: BodyLimits = bodyLimits,
): Promise<{ json: unknown } | null> {
  const parts: string[] = [];
  try {
    const whole = { ...limits, largestBytes: largestWholeBytes };
    await readBody(response, meter, (text) => void parts.push(text), whole);
  } catch (error) {
    if (error instanceof BrokenBody) return null;
    if (error instanceof EndlessBody) return { json: undefined };
    throw error;
  }
  try {
    return { json: JSON.parse(parts.join("")) as unknown };
  } catch {
    return { json: undefined };
  }
}
