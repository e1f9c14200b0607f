import { describe, expect, it } from "vitest";
import { findAddress, maskAddress } from "./address";
import { findSafePath } from "./safe-path";

describe("addresses", () => {
  it.each([
    ["  Marisol.Vega@Larkspur.EXAMPLE ", "marisol.vega@larkspur.example"],
    ["ａdmin@acme.test", "admin@acme.test"],
    ["o'brien+payroll@acme.test", "o'brien+payroll@acme.test"],
  ])("%s is kept as %s", (raw, normal) => {
    expect(findAddress(raw)).toBe(normal);
  });

  it.each([
    "admin@acme.test, eve@evil.test",
    "admin@acme.test;eve@evil.test",
    '"a b"@acme.test',
    "Admin <admin@acme.test>",
    "admin@acme.test\r\nBcc: eve@evil.test",
    "admin@@acme.test",
    "a..b@acme.test",
    "admin@",
    "@acme.test",
    "admin",
    `${"a".repeat(65)}@acme.test`,
    "",
  ])("%j is no plain address", (raw) => {
    expect(findAddress(raw)).toBeNull();
  });

  it("are masked to what their owner recognizes", () => {
    expect(maskAddress("marisol.vega@larkspur.example")).toBe("m•••@l•••.example");
    expect(maskAddress("a@b.co")).toBe("•••@•••.co");
  });
});

describe("paths after signing in", () => {
  it.each(["/e/1/directory?q=a%20b", "/me", "/"])("%s stays", (path) => {
    expect(findSafePath(path)).toBe(path);
  });

  it.each([
    "//evil.test",
    "/\\evil.test",
    "https://evil.test",
    "javascript:alert(1)",
    "/e\t/x",
    "\n//evil.test",
    "/.//evil.test",
    "/sign-in",
    "/sign-in/confirm?token=x",
    "/api/auth/sign-out",
    "e/1",
    "",
    42,
  ])("%j is refused", (path) => {
    expect(findSafePath(path)).toBeNull();
  });
});
