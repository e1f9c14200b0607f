import type { z } from "zod";
import type { Secret } from "@/lib/crypto";
import type { FinchCaller } from "../caller";
import type { Outcome } from "../outcome";
import { scrub } from "../scrub";
import type { ScrubbedJson } from "../types";
import { failure, noBody, readErrorBody } from "./classify";
import { exchange, type Answer, type Sendable } from "./exchange";
import { bodyLimits, BrokenBody, readBody, type BodyLimits } from "./read-body";

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
    if (body.json === undefined) return failure("malformed", head, noBody);
    const { json, secrets } = scrub(body.json);
    const parsed = request.schema.safeParse(json);
    if (!parsed.success) return failure("malformed", head, noBody);
    const data = request.reshape({ wire: parsed.data, json, secrets, status: head.status });
    return { kind: "ok", data, finchCode: null, ...head };
  });
}

/** The body as JSON, undefined where it is none; null where it broke off. */
export async function readWhole(
  { response, meter }: Answer,
  limits: BodyLimits = bodyLimits,
): Promise<{ json: unknown } | null> {
  const parts: string[] = [];
  try {
    await readBody(response, meter, (text) => void parts.push(text), limits);
  } catch (error) {
    if (error instanceof BrokenBody) return null;
    throw error;
  }
  try {
    return { json: JSON.parse(parts.join("")) as unknown };
  } catch {
    return { json: undefined };
  }
}
