import { z } from "zod";
import { findSafePath } from "@/lib/domain/sign-in/safe-path";
import { paths } from "@/lib/paths";
import { route } from "@/lib/web/route";
import { getSession, renewSessionIfDue } from "@/lib/web/session";

const RenewQuery = z.strictObject({
  callbackUrl: z.string().max(2000).optional(),
  /** The router's own mark on what it fetches instead of the browser. */
  _rsc: z.string().optional(),
});

/**
 * Where a page leads that cannot set the new token of a session whose roles changed. Changes nothing where nothing is
 * due, so it may be opened by anybody, any number of times; leads to a page of ours alone.
 */
export const GET = route({ auth: "public", schema: RenewQuery, route: "/api/auth/renew" }, async (call) => {
  // Behind a redirect the router would merge the page into one that it believes to have already, and show nothing.
  // An answer that is no payload makes the browser come by itself.
  if (call.input._rsc !== undefined) return new Response("", { headers: { "content-type": "text/plain" } });
  const session = call.request.method === "GET" ? await getSession() : null;
  if (session) await renewSessionIfDue(session);
  const location = findSafePath(call.input.callbackUrl) ?? paths.home();
  return new Response(null, { status: 303, headers: { location } });
});
