import type { FinchCaller } from "../caller";
import { failure, noBody, readErrorBody, type AnswerHead } from "../http/classify";
import { readWhole } from "../http/call";
import { exchange, type Answer, type Sendable } from "../http/exchange";
import { bodyLimits, BrokenBody, EndlessBody, holding, readBody, type BodyLimits } from "../http/read-body";
import type { Outcome } from "../outcome";
import { BadJson } from "./json-pieces";

/** Takes an answer's text piece by piece and hands on what is complete. */
export interface AnswerReader<T> {
  /** Resolves when all that is due was taken. @throws BadJson, and what those who take the data throw */
  push(text: string): Promise<void>;
  /** Hands over what is left and says what the answer was; null where its frame is not Finch's. @throws BadJson */
  end(): Promise<T | null>;
  /** The answer broke off: hands over what is complete. */
  breakOff(): Promise<void>;
}

export interface StreamRequest<T> extends Sendable {
  /** Reads the answer of which the headers have come. */
  open(head: AnswerHead): AnswerReader<T>;
  limits?: BodyLimits | undefined;
}

/**
 * A request whose answer is read in parts, so that memory does not grow with it. A body that breaks off or stalls is
 * `timeout`, one that is not JSON or not of Finch's form `malformed`, both after the parts that came.
 */
export function streamFinch<T>(caller: FinchCaller, request: StreamRequest<T>): Promise<Outcome<T>> {
  const limits = request.limits ?? bodyLimits;
  return exchange(caller, request, async (answer): Promise<Outcome<T>> => {
    const { head, meter } = answer;
    if (head.status === 202) {
      const body = await readWhole(answer, limits);
      return body ? failure("pending", head, readErrorBody(body.json)) : failure("timeout", head, noBody);
    }
    const reader = request.open(head);
    const broken = await readParts(answer, reader, limits);
    if (broken) {
      await holding(meter, () => reader.breakOff());
      return failure(broken, head, noBody);
    }
    const data = await holding(meter, () => endOf(reader));
    return data === null
      ? failure("malformed", head, noBody)
      : { kind: "ok", data, finchCode: null, ...head };
  });
}

/** How the reading went wrong; null where it did not. */
async function readParts(
  { response, meter }: Answer,
  reader: AnswerReader<unknown>,
  limits: BodyLimits,
): Promise<"timeout" | "malformed" | null> {
  try {
    await readBody(response, meter, (text) => reader.push(text), limits);
    return null;
  } catch (error) {
    if (error instanceof BrokenBody) return "timeout";
    if (error instanceof BadJson || error instanceof EndlessBody) return "malformed";
    throw error;
  }
}

async function endOf<T>(reader: AnswerReader<T>): Promise<T | null> {
  try {
    return await reader.end();
  } catch (error) {
    if (!(error instanceof BadJson)) throw error;
    await reader.breakOff();
    return null;
  }
}
