import "server-only";
import { beginOidcVisit } from "@/lib/auth/oidc/begin-visit";
import { isOidcConfigured } from "@/lib/auth/oidc/client";
import type { VisitPurpose } from "@/lib/auth/oidc/visit";
import { DomainError } from "@/lib/domain/errors";
import { networkOf, takeLimit } from "@/lib/domain/limits";
import { paths } from "@/lib/paths";
import { readOidcCookie, writeOidcCookie } from "./oidc-cookie";
import { isOwnNavigation } from "./own-navigation";
import { getPeer } from "./peer";

interface BeginOidc {
  purpose: VisitPurpose;
  userId: string | null;
  callbackUrl: string | undefined;
}

/** Sends the browser to the identity provider. Links to it from elsewhere lead to the sign-in page. */
export async function beginOidc(request: Request, visit: BeginOidc): Promise<Response> {
  if (!isOidcConfigured()) throw new DomainError("NOT_FOUND", "Single sign-on is not set up here.");
  if (request.method !== "GET" || !isOwnNavigation(request.headers)) return seeOther(paths.signIn());
  try {
    await takeLimit("oidc", networkOf((await getPeer()).ip));
    const { url, browserSecret } = await beginOidcVisit({ ...visit, browserSecret: await readOidcCookie() });
    await writeOidcCookie(browserSecret);
    return seeOther(url.href);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return seeOther(paths.signInProblem(error.code === "RATE_LIMITED" ? "too-often" : "no-answer"));
  }
}

export const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });
