import { finishOidcVisit } from "@/lib/auth/oidc/finish-visit";
import { isOidcConfigured } from "@/lib/auth/oidc/client";
import { DomainError } from "@/lib/domain/errors";
import { paths } from "@/lib/paths";
import { seeOther } from "@/lib/web/begin-oidc";
import { readOidcCookie } from "@/lib/web/oidc-cookie";
import { route } from "@/lib/web/route";
import { getSession, readBrowser, setSessionCookie } from "@/lib/web/session";

/**
 * Where the identity provider leads back to. Only the browser that began can finish, once; a HEAD finishes nothing.
 * Every answer leads on to a clean address, so that code and state stay in no history.
 */
export const GET = route({ auth: "public", route: "/api/auth/oidc/callback" }, async ({ request }) => {
  if (!isOidcConfigured()) throw new DomainError("NOT_FOUND", "Single sign-on is not set up here.");
  if (request.method !== "GET") return new Response(null, { status: 405, headers: { allow: "GET" } });
  const session = await getSession();
  const result = await finishOidcVisit({
    ...(await readBrowser()),
    query: new URL(request.url).searchParams,
    browserSecret: await readOidcCookie(),
    userId: session?.user.id ?? null,
  });
  if (result.state === "refused") return seeOther(paths.signInProblem(result.reason));
  await setSessionCookie(result.session);
  return seeOther(result.callbackUrl ?? paths.home());
});
