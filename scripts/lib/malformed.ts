import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";

/**
 * Requests that no page of ours makes. Next decodes what a browser says to it in a language of its own, with references
 * into values, streams and prototypes, and answers 500 where it is broken; here it is refused before that.
 */

const actionId = /^[0-9a-f]{40,44}$/;
const maxDepth = 50;

type Refusal = [status: number, words: string];

const isForm = (type: string) => /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type);

/** A request for a server action, by its headers. */
export const isAction = ({ headers }: IncomingMessage): boolean => headers["next-action"] !== undefined;

/** Why the headers of a request are not those of a page of ours, or null. */
export function findMalformed({ method, url = "/", headers }: IncomingMessage): Refusal | null {
  const type = headers["content-type"] ?? "";
  // Nothing here is sent as a form: neither by a page nor to a route.
  if (isForm(type)) return [415, "Forms are not taken here."];
  if (headers["next-action"] === undefined) return null;
  if (method !== "POST" || url.startsWith("/api/")) return [400, "This is no address of an action."];
  if (!actionId.test(String(headers["next-action"]))) return [400, "There is no such action."];
  return type.startsWith("text/plain") ? null : [415, "An action takes text."];
}

/** A header of the router that it could not read itself counts as not sent: the whole page is then the answer. */
export function dropUnreadableState({ headers }: IncomingMessage): void {
  const state = headers["next-router-state-tree"];
  if (state === undefined) return;
  try {
    parseAndValidateFlightRouterState(state);
  } catch {
    delete headers["next-router-state-tree"];
  }
}

/** What a string that starts with "$" may say: itself, a date, a number that JSON has no word for, nothing. */
const plainMark = /^\$(\$|undefined$|NaN$|Infinity$|-Infinity$|-0$|n-?\d+$|D\d{4}-)/;

function isPlainValue(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false;
  if (typeof value === "string") return !value.startsWith("$") || plainMark.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([key, inner]) => key !== "__proto__" && key !== "then" && isPlainValue(inner, depth + 1),
  );
}

/** The input of an action as pages of ours send it: a list of plain values, without a reference to anything. */
export function isPlainInput(body: string): boolean {
  try {
    const input: unknown = JSON.parse(body);
    return Array.isArray(input) && isPlainValue(input, 0);
  } catch {
    return false;
  }
}

interface Hold {
  limitBytes: number;
  admit: () => void;
  refuse: (response: ServerResponse, status: number, words: string) => void;
}

/** Keeps the body of an action until it is whole and plain; only then does anybody inside hear of the request. */
export function holdBody(
  request: IncomingMessage,
  response: ServerResponse,
  { limitBytes, admit, refuse }: Hold,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let refused = false;
  const push = request.push.bind(request);
  const end = (status: number, words: string) => {
    refused = true;
    response.once("close", () => request.destroy());
    refuse(response, status, words);
  };
  request.push = (chunk: Buffer | string | null, encoding?: BufferEncoding): boolean => {
    if (refused) return false;
    if (chunk !== null) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk;
      size += bytes.length;
      if (size > limitBytes) end(413, "The request is too large.");
      else chunks.push(bytes);
      return !refused;
    }
    const body = Buffer.concat(chunks);
    if (!isPlainInput(body.toString("utf8"))) {
      end(400, "This is no input of an action.");
      return false;
    }
    request.push = push;
    push(body);
    push(null);
    admit();
    return false;
  };
}
