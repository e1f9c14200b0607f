import { describe, expect, it } from "vitest";
import { newSecretToken } from "@/lib/crypto";
import { parseBoundAttempts } from "./connect-cookie";

describe("the cookie of an attempt to connect", () => {
  it("keeps several attempts apart, newest first", () => {
    const [a, b, c, d] = [newSecretToken(), newSecretToken(), newSecretToken(), newSecretToken()];
    expect(parseBoundAttempts(`${a}.${b}~${c}.${d}`)).toEqual([
      { state: a, nonce: b },
      { state: c, nonce: d },
    ]);
  });

  it("holds nothing where it is absent, cut off or made up", () => {
    const entry = `${newSecretToken()}.${newSecretToken()}`;
    for (const value of [undefined, "", "x.y", entry.slice(0, -1), `${entry}.more`]) {
      expect(parseBoundAttempts(value)).toEqual([]);
    }
  });
});
