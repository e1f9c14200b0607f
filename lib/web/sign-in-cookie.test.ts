import { beforeAll, describe, expect, it } from "vitest";
import { testEnvironment } from "@/db/testing/environment";
import { newNonce } from "@/lib/domain/sign-in/secrets";
import { formatSignInCookie, parseSignInCookie } from "./sign-in-cookie";

const url = "postgres://perch@127.0.0.1/perch";
const address = "marisol.vega@larkspur.test";

beforeAll(() => {
  Object.assign(process.env, testEnvironment({ owner: url, app: url, auth: url, worker: url }, "unused"));
});

/** All that somebody with the browser can make of a cookie without our secret. */
const legible = (value: string) => {
  const once = Buffer.from(value, "base64url").toString("latin1");
  const parts = once.split(/[^\w-]+/).map((part) => Buffer.from(part, "base64url").toString("latin1"));
  return [once, ...parts].join("\n");
};

describe("the cookie of a sign-in", () => {
  it("holds what was typed in this browser", () => {
    const kept = { nonce: newNonce(), address, callbackUrl: "/me" };
    expect(parseSignInCookie(formatSignInCookie(kept))).toEqual(kept);
  });

  it("of an accepted invitation holds the address sealed: whoever has the browser cannot read it", () => {
    const kept = { nonce: newNonce(), address, callbackUrl: "/me", invited: true as const };
    const value = formatSignInCookie(kept);
    expect(parseSignInCookie(value)).toEqual(kept);
    expect(legible(formatSignInCookie({ nonce: kept.nonce, address }))).toContain("marisol");
    expect(legible(value)).not.toMatch(/marisol|vega|larkspur/);
    expect(formatSignInCookie(kept)).not.toBe(value);
  });

  it("put together from two, cut off or made up is none", () => {
    const value = formatSignInCookie({ nonce: newNonce(), address, invited: true });
    const { invited } = JSON.parse(Buffer.from(value, "base64url").toString("utf8")) as { invited: string };
    const encode = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
    for (const made of [
      { nonce: newNonce(), invited },
      { nonce: newNonce() },
      { nonce: "short", address },
      { nonce: newNonce(), address, more: 1 },
    ])
      expect(parseSignInCookie(encode(made))).toBeNull();
    for (const text of [undefined, "", value.slice(0, -9)]) expect(parseSignInCookie(text)).toBeNull();
  });
});
