import type { RunningSandbox } from "@/sandbox/server";
import { createHash } from "node:crypto";
import { ownHeader } from "./stage";

/** One request of the product as the sandbox received it. */
export interface Seen {
  /** Operation, address and a digest of the body: two equal ones ask for the same. */
  what: string;
  /** SHA-256 of the token. */
  token: string;
  at: number;
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Notes what the product asks the sandbox for, before it is answered. */
export function noteRequests(sandbox: RunningSandbox): Seen[] {
  const seen: Seen[] = [];
  const { app } = sandbox.sandbox;
  const answer = app.fetch;
  app.fetch = async (request, ...rest) => {
    const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
    if (request.headers.get(ownHeader) === null && token !== undefined) {
      const { pathname, search } = new URL(request.url);
      const body = request.method === "GET" ? "" : await request.clone().text();
      const what = `${request.method} ${pathname}${search} ${digest(body)}`;
      seen.push({ what, token: digest(token), at: Date.now() });
    }
    return answer(request, ...rest);
  };
  return seen;
}

export const tokenDigest = digest;

export interface Judgement {
  /** Requests that were sent again. */
  repeated: number;
  /** Those that no kill explains. */
  unexplained: string[];
}

/** A kill, and until when it may still stop an answer from being written down. Milliseconds since 1970. */
export interface Outage {
  at: number;
  until: number;
}

/**
 * Of one run's requests, those that were sent more than once. A kill explains one repeat: what was in flight when it
 * happened, or left before the process noticed that its database was gone, is asked for again, once.
 */
export function judgeRepeats(requests: readonly Seen[], outages: readonly Outage[]): Judgement {
  const left = [...outages].sort((a, b) => a.at - b.at);
  const last = new Map<string, number>();
  const judgement: Judgement = { repeated: 0, unexplained: [] };
  for (const { what, at } of requests) {
    const before = last.get(what);
    last.set(what, at);
    if (before === undefined) continue;
    judgement.repeated += 1;
    const cause = left.findIndex((outage) => outage.until >= before && outage.at <= at);
    if (cause >= 0) left.splice(cause, 1);
    else judgement.unexplained.push(what);
  }
  return judgement;
}
