import { describe, expect, it } from "vitest";
import { describeBrowser } from "./describe-browser";

const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

describe("a browser's name", () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, "Chrome 142", "Windows", false],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/142.0.0.0`,
      "Microsoft Edge 142",
      "Windows",
      false,
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
      "Firefox 144",
      "macOS",
      false,
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox 144", "Linux", false],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
      "Safari 18",
      "iOS 18.1",
      true,
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${chrome.replace("Safari", "Mobile Safari")}`,
      "Chrome 142",
      "Android",
      true,
    ],
  ])("says of %s what a person knows it by", (header, browser, os, mobile) => {
    expect(describeBrowser(header)).toEqual({ browser, os, mobile });
  });

  it.each([null, "", "x", "a".repeat(10_000)])("is unknown where the header says nothing: %s", (header) => {
    expect(describeBrowser(header)).toEqual({
      browser: "Unknown browser",
      os: "an unknown system",
      mobile: false,
    });
  });
});
