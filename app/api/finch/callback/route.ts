import { z } from "zod";
import { findAttempt } from "@/lib/domain/connections/attempt";
import { closeConnect } from "@/lib/domain/connections/close-connect";
import type { ConnectProblem } from "@/lib/domain/connections/connect-problems";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";
import { getSession } from "@/lib/web/session";
import { finishCallback, type Finished } from "./finish";

/**
 * Where Finch Connect ends. POST: the page hands in the code of the embedded
 * flow. GET: Finch sends the browser back. The code is spent here and never
 * reaches a log or another address.
 */

const secret = z.string().min(1).max(2048);
const CallbackBody = z.strictObject({ code: secret, state: z.string().max(200) });
const CallbackAddress = z.looseObject({
  code: secret.optional().catch(undefined),
  state: z.string().max(200).optional().catch(undefined),
  error: z.string().max(200).optional().catch(undefined),
  error_description: z.string().max(300).optional().catch(undefined),
});

const statusOf: Partial<Record<ConnectProblem, number>> = {
  unknown_attempt: 404,
  other_browser: 403,
  no_permission: 403,
  wrong_customer: 403,
  other_employer: 403,
  expired: 410,
  code_expired: 410,
  lost: 410,
  in_progress: 409,
  disconnected: 409,
  code_used: 409,
  attempt_used: 409,
  finch_unavailable: 502,
};

export const POST = route(
  { schema: CallbackBody, maxBytes: 8_000, route: "/api/finch/callback" },
  async ({ input }) => {
    const finished = await finishCallback({ flow: "embedded", ...input });
    const status = finished.kind === "connected" ? 200 : (statusOf[finished.problem] ?? 422);
    return Response.json(finished, { status });
  },
);

/** A clean address: neither code nor state stays in the bar, in the history or in a referrer. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: new URL(path, env().appUrl).href } });
}

function pageOf(finished: Finished): string {
  const { customerId } = finished;
  if (customerId === null) return paths.connectTrouble("unknown_attempt");
  if (finished.kind === "connected") {
    return `${paths.connection(customerId, finished.connectionId)}?${finished.reconnected ? "reconnected" : "connected"}`;
  }
  const { problem, connectionId, requestId } = finished;
  // Who has no role there any more would only find a 404.
  if (problem === "no_permission") return paths.connectTrouble("no_permission");
  return paths.connectProblem(customerId, {
    reason: problem,
    ...(connectionId ? { connection: connectionId } : {}),
    ...(requestId ? { request: requestId } : {}),
  });
}

async function noteConnectError(
  state: string | undefined,
  type: string,
  message: string | undefined,
): Promise<string> {
  const attempt = state ? await findAttempt(state) : null;
  if (!attempt) return paths.connectTrouble("connect_error");
  const { customerId, sessionId } = attempt;
  try {
    const outcome = type === "access_denied" || type === "closed" ? "closed" : "failed";
    const input = { sessionId, outcome, errorType: type, errorMessage: message ?? null } as const;
    await closeConnect(await employerContext(customerId), input);
    return paths.connectProblem(customerId, { reason: outcome === "closed" ? "closed" : "connect_error" });
  } catch (error) {
    log.error("a connect error could not be noted", error);
    return paths.connectTrouble("connect_error");
  }
}

export const GET = route(
  // eslint-disable-next-line perch/strict-input -- Finch may add to its address; two parameters are read
  { auth: "public", schema: CallbackAddress, route: "/api/finch/callback" },
  async ({ input, request }) => {
    // Next answers HEAD with this handler too, and a HEAD spends no code.
    if (request.method === "HEAD")
      return new Response(null, { status: 405, headers: { allow: "GET, POST" } });
    if (!(await getSession())) return seeOther(paths.connectTrouble("signed_out"));
    if (input.error)
      return seeOther(await noteConnectError(input.state, input.error, input.error_description));
    if (!input.code) return seeOther(paths.connectTrouble("unknown_attempt"));
    return seeOther(
      pageOf(await finishCallback({ flow: "redirect", code: input.code, state: input.state ?? null })),
    );
  },
);
