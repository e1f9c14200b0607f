import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { cookieName } from "@/lib/auth/cookies";
import { env } from "@/lib/env";
import { securityHeaders } from "@/lib/web/security-headers";

/**
 * Headers of every answer, and the shortcut to the sign-in page. No lock: every page, action and route asks for its
 * own rights (a database session cannot be read here, only that a cookie is there).
 */
export function proxy(request: NextRequest): NextResponse {
  const { FINCH_CONNECT_URL, mode, appUrl, NODE_ENV } = env();
  const nonce = randomBytes(16).toString("base64");
  const headers = securityHeaders({
    nonce,
    connectUrl: FINCH_CONNECT_URL,
    mode,
    dev: NODE_ENV === "development",
  });
  const { pathname, search } = request.nextUrl;

  // Routes below /api ask for themselves; of pages only our own may press anything. Next would answer 500 to "null".
  const changes = request.method !== "GET" && request.method !== "HEAD";
  if (changes && !pathname.startsWith("/api/") && request.headers.get("origin") !== appUrl) {
    return new NextResponse("This request did not come from a page of Perch, so nothing was changed.\n", {
      status: 403,
      headers,
    });
  }

  if (isPrivate(pathname) && !request.cookies.has(cookieName("session"))) {
    // The address of our own, not Host's.
    const target = new URL("/sign-in", appUrl);
    target.searchParams.set("callbackUrl", pathname + search);
    return NextResponse.redirect(target, { status: 307, headers });
  }

  const passed = new Headers(request.headers);
  passed.set("x-nonce", nonce);
  passed.set("x-perch-path", pathname + search);
  // Next reads the nonce of its own scripts from here.
  passed.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  const response = NextResponse.next({ request: { headers: passed } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function isPrivate(pathname: string): boolean {
  return /^\/(e|me|admin|account)(\/|$)/.test(pathname);
}

export const config = {
  // Built files are the same for everybody and carry no data.
  matcher: ["/((?!_next/static/|favicon\\.ico$|icon[-a-z]*\\.svg$|icon$|apple-icon).*)"],
};
