import { cookies } from "next/headers";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { route } from "@/lib/web/route";
import { destroySession } from "@/lib/web/session";

/**
 * Destroys the session and asks the browser to forget what it kept of this origin. Cookies go by name: clearing them
 * all would reach every application on the same registrable domain, and forget that this browser is known.
 */
export const POST = route({ auth: "public", route: "/api/auth/sign-out" }, async () => {
  await destroySession();
  const jar = await cookies();
  for (const kind of ["session", "sign-in", "connect", "oidc"] as const) {
    jar.set(cookieName(kind), "", { ...cookieOptions(), maxAge: 0 });
  }
  return new Response(null, { status: 204, headers: { "Clear-Site-Data": '"cache", "storage"' } });
});
