/** Walks through the sandbox's Connect page as a browser would: form by form. */
import type { RunningSandbox } from "@/sandbox/server";

export interface ConnectVisit {
  flow: "embedded" | "redirect";
  finchSessionId: string;
  connectUrl: string;
  state: string;
}

interface SignIn {
  provider?: string;
  username?: string;
  password?: string;
}

/** The address that the SDK gives its frame, or the page of the redirect flow. */
export function connectPage(finch: RunningSandbox, visit: ConnectVisit): URL {
  if (visit.flow === "redirect") return new URL(visit.connectUrl);
  const url = new URL("/authorize", finch.url);
  url.searchParams.set("session", visit.finchSessionId);
  url.searchParams.set("state", visit.state);
  url.searchParams.set("app_type", "spa");
  url.searchParams.set("sdk_host_url", "http://localhost:3000");
  return url;
}

async function post(page: URL, action: string, fields: Record<string, string>): Promise<void> {
  const url = new URL(`/authorize/${action}${page.search}`, page);
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  if (answer.status !== 303) throw new Error(`${action} was answered with ${answer.status}`);
}

/** From consent to success with the documented login; gives the code that Connect hands to its opener. */
export async function signInAtFinch(
  finch: RunningSandbox,
  visit: ConnectVisit,
  signIn: SignIn = {},
): Promise<string> {
  const { provider = "gusto", username = "good_user", password = "good_pass" } = signIn;
  const page = connectPage(finch, visit);
  await fetch(page);
  await post(page, "consent", {});
  await post(page, "provider", { provider });
  await post(page, "method", { method: "credential" });
  await post(page, "authenticate", { username, password });
  const session = finch.sandbox.world.store.sessions.get(visit.finchSessionId);
  if (!session?.code)
    throw new Error(`Connect stopped at ${session?.progress.step}: ${session?.progress.error}`);
  return session.code;
}

/** Requests that reached Finch for one operation: "POST /disconnect". */
export function countRequests(finch: RunningSandbox, endpoint: string): number {
  const [method, path] = endpoint.split(" ");
  return finch.sandbox.desk.log.after(0).filter((row) => row.method === method && row.path === path).length;
}
