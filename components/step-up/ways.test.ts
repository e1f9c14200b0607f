import { describe, expect, it } from "vitest";
import { waysOf } from "./ways";

const none = { passkeys: 0, totp: 0, recoveryCodes: 0, oidc: false, mayEnroll: true, demoCodes: false };

describe("the ways of a step-up", () => {
  it("are those that the person has, the easiest first", () => {
    expect(waysOf(none, true)).toEqual([]);
    expect(waysOf({ ...none, recoveryCodes: 9, totp: 1, passkeys: 2, oidc: true }, true)).toEqual([
      "passkey",
      "totp",
      "oidc",
      "recovery",
    ]);
  });

  it("leave passkeys out where the browser has none", () => {
    expect(waysOf({ ...none, passkeys: 1, recoveryCodes: 1 }, false)).toEqual(["recovery"]);
  });
});
