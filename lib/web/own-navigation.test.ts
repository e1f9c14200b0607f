import { describe, expect, it } from "vitest";
import { isOwnNavigation } from "./own-navigation";

describe("a visit at the identity provider", () => {
  it.each<Record<string, string>>([
    {},
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
  ])("begins from a page of ours or a typed address: %j", (headers) =>
    expect(isOwnNavigation(new Headers(headers))).toBe(true),
  );

  it.each<Record<string, string>>([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "same-origin", "sec-purpose": "prefetch;prerender" },
    { purpose: "prefetch" },
  ])("begins from nowhere else, and not ahead of a press: %j", (headers) =>
    expect(isOwnNavigation(new Headers(headers))).toBe(false),
  );
});
