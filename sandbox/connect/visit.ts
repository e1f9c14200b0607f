import type { World } from "@/sandbox/call";
import type { ConnectSession } from "@/sandbox/records";
import { allowedHost } from "@/sandbox/redirects";

/** How the page was opened: in the SDK's frame, or on its own. */
export interface Visit {
  flow: "embedded" | "redirect";
  /** The page that frames this one and gets its messages; null where it may not. */
  hostOrigin: string | null;
  /** Goes back to the application unchanged. */
  state: string | null;
  /** The address's own parameters, so that every form returns to the same place. */
  query: string;
}

const kept = ["session", "state", "app_type", "sdk_host_url", "mode", "sdk_version"];

/** Reads the parameters of `/authorize` (react-connect: constructAuthUrl). */
export function readVisit(world: World, params: URLSearchParams): Visit {
  const host = params.get("sdk_host_url");
  const query = new URLSearchParams();
  for (const name of kept) {
    const value = params.get(name);
    if (value !== null) query.set(name, value);
  }
  return {
    flow: host !== null || params.get("app_type") === "spa" ? "embedded" : "redirect",
    hostOrigin: host === null ? null : allowedHost(world.settings, host),
    state: params.get("state"),
    query: query.toString(),
  };
}

/** Why a session cannot go on, in words for the person in front of the page. */
export interface Problem {
  title: string;
  text: string;
  /** What went wrong, for the application's developer. */
  detail: string;
}

const askAgain = "Go back to the application and start again.";

function sessionProblem(world: World, session: ConnectSession): Problem | null {
  if (Date.parse(session.expiresAt) <= world.clock.now()) {
    return { title: "This session has expired", text: askAgain, detail: "session expired" };
  }
  if (session.connectionId) {
    const connection = world.store.connections.get(session.connectionId);
    if (!connection || connection.disconnectedAt !== null) {
      return { title: "This connection was ended", text: askAgain, detail: "connection disconnected" };
    }
  }
  if (session.status !== "succeeded") return null;
  const code = session.code === null ? undefined : world.store.codes.get(session.code);
  if (code && !code.used && Date.parse(code.expiresAt) > world.clock.now()) return null;
  return { title: "This session has been used", text: askAgain, detail: "session already used" };
}

/** The session of a visit, or why there is none to go on with. */
export function openSession(
  world: World,
  visit: Visit,
  id: string | null,
): { session: ConnectSession; problem: null } | { session: ConnectSession | null; problem: Problem } {
  const session = id === null ? undefined : world.store.sessions.get(id);
  if (!session) {
    const detail = id === null ? "the parameter session is missing" : "unknown session";
    return { session: null, problem: { title: "This link does not work", text: askAgain, detail } };
  }
  const problem = sessionProblem(world, session) ?? visitProblem(visit, session);
  return problem ? { session, problem } : { session, problem: null };
}

function visitProblem(visit: Visit, session: ConnectSession): Problem | null {
  const title = "This page was opened the wrong way";
  if (visit.flow === "embedded" && visit.hostOrigin === null) {
    const detail = "sdk_host_url must be the origin of a loopback page or of a registered redirect URI";
    return { title, text: askAgain, detail };
  }
  if (visit.flow === "redirect" && session.redirectUri === null) {
    const detail = "a session without redirect_uri can only be opened through the SDK";
    return { title, text: askAgain, detail };
  }
  return null;
}

/** Where the redirect flow goes back to. */
export function redirectTarget(
  session: ConnectSession,
  visit: Visit,
  answer: Record<string, string>,
): string {
  const url = new URL(session.redirectUri ?? "http://localhost");
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (visit.state !== null) url.searchParams.set("state", visit.state);
  return url.href;
}
