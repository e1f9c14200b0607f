import { afterEach, describe, expect, it, vi } from "vitest";
import { signOut } from "./sign-out";

afterEach(() => vi.unstubAllGlobals());

/** A browser as far as signing out needs one: what it was asked to do, in order. */
function openBrowser(answer: () => Promise<Response>): string[] {
  const done: string[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    done.push(`${init.method} ${path}`);
    return answer();
  });
  vi.stubGlobal("window", { location: { replace: (path: string) => done.push(`document ${path}`) } });
  return done;
}

describe("signing out", () => {
  it("leaves with a fresh document, in which no fetched value is", async () => {
    const done = openBrowser(async () => new Response(null, { status: 204 }));
    await signOut();
    expect(done).toEqual(["POST /api/auth/sign-out", "document /sign-in"]);
  });

  it("leaves with one also where the request fails", async () => {
    const done = openBrowser(() => Promise.reject(new TypeError("network")));
    await signOut();
    expect(done.at(-1)).toBe("document /sign-in");
  });
});
