import { describe, expect, it } from "vitest";
import { redactBody, redactHeaders, redactQuery } from "@/sandbox/redact";

const body = (value: unknown) => redactBody(value, 16_000);

describe("what is kept of a body", () => {
  it("has no secret, whatever its type and however its name is written", () => {
    const secrets = {
      ssn: 900_123_456,
      Authorization: "Bearer canary",
      token: ["canary"],
      Password: { a: "canary" },
    };
    const text = body({ headers: secrets, note: "900 12 3456" });
    expect(text).not.toMatch(/canary|900/);
    expect(text.match(/\[redacted\]/g)).toHaveLength(5);
  });

  it("still says what is supported, what is missing, and the code of an answer", () => {
    const plain = { code: 404, ssn: true, encrypted_ssn: null };
    expect(JSON.parse(body(plain))).toEqual(plain);
  });

  it("is short, also where a name is long", () => {
    expect(body({ ["x".repeat(1_000_000)]: 1 }).length).toBeLessThan(300);
  });
});

describe("what is kept of headers and of a query", () => {
  it("has the scheme of a secret and nothing else of it", () => {
    const sent = {
      authorization: "Bearer canary",
      "x-sandbox-key": "canary-that-opens-all",
      cookie: "canary=1",
    };
    expect(redactHeaders(new Headers(sent))).toEqual({
      authorization: "Bearer [redacted]",
      "x-sandbox-key": "[redacted]",
      cookie: "[redacted]",
    });
    expect(redactHeaders(new Headers({ authorization: "canary" }))).toEqual({ authorization: "[redacted]" });
  });

  it.each([
    ["", ""],
    ["?limit=5&offset=%", "?limit=5&offset=%"],
    ["?code=canary&Client_Secret=canary&limit=5", "?code=[redacted]&Client_Secret=[redacted]&limit=5"],
    ["?q=900-12-3456", "?q=[redacted]"],
  ])("of %j is %j", (search, shown) => {
    expect(redactQuery(search)).toBe(shown);
  });
});
