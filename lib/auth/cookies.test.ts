import { describe, expect, it } from "vitest";
import { cookieName, cookieOptions, type CookieName } from "./cookies";

const kinds: CookieName[] = ["session", "sign-in", "connect", "device", "oidc", "passkey"];
const server = { appUrl: "https://perch.example.com" };
const local = { appUrl: "http://localhost:3100" };

describe("our cookies", () => {
  it.each(kinds)("%s is bound to host, https and path by its name and attributes", (kind) => {
    expect(cookieName(kind, server)).toBe(`__Host-perch-${kind}`);
    // What browsers demand of the prefix: Secure, the whole path, no domain.
    expect(cookieOptions(server)).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
  });

  it("on http loopback name the port, because cookies ignore ports", () => {
    expect(kinds.map((kind) => cookieName(kind, local))).toEqual(kinds.map((kind) => `perch-${kind}-3100`));
    expect(cookieOptions(local)).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: false });
  });
});
