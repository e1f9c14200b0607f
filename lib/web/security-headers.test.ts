import { describe, expect, it } from "vitest";
import { securityHeaders } from "./security-headers";

const facts = {
  nonce: "bm9uY2U=",
  connectUrl: "https://connect.tryfinch.com",
  mode: "server" as const,
  dev: false,
};

function policyOf(overrides: Partial<typeof facts> | { dev: boolean } = {}): Record<string, string> {
  const policy = securityHeaders({ ...facts, ...overrides })["Content-Security-Policy"] ?? "";
  const pairs = policy.split("; ").map((part) => part.split(/ (.*)/s).slice(0, 2) as [string, string]);
  return Object.fromEntries(pairs);
}

describe("the content security policy", () => {
  it("runs scripts by nonce only, and frames nothing but Connect", () => {
    expect(policyOf()).toMatchObject({
      "script-src": "'self' 'nonce-bm9uY2U=' 'strict-dynamic'",
      "frame-src": "https://connect.tryfinch.com",
      "frame-ancestors": "'none'",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'self' https://connect.tryfinch.com",
      "connect-src": "'self'",
    });
  });

  it("takes style elements by nonce, never any", () => {
    expect(policyOf()["style-src"]).toBe("'self' 'nonce-bm9uY2U='");
  });

  it("loosens for hot reload in development only", () => {
    expect(JSON.stringify(policyOf())).not.toContain("unsafe-eval");
    expect(policyOf({ dev: true })["script-src"]).toContain("'unsafe-eval'");
  });
});

describe("the other headers", () => {
  it("are the same for every answer, with HSTS in server mode alone", () => {
    const headers = securityHeaders(facts);
    expect(headers).toMatchObject({
      "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "private, no-store",
    });
    expect(headers["Strict-Transport-Security"]).toMatch(/^max-age=\d{8}/);
    expect(securityHeaders({ ...facts, mode: "local" })).not.toHaveProperty("Strict-Transport-Security");
  });
});
