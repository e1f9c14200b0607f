import Bowser from "bowser";

export interface BrowserName {
  /** "Firefox 144"; the major version says enough. */
  browser: string;
  /** "Windows 11", "iOS 18.1". */
  os: string;
  /** Something held in a hand. */
  mobile: boolean;
}

const unknown: BrowserName = { browser: "Unknown browser", os: "an unknown system", mobile: false };

/** Parts of a name that browsers keep at fixed values, so that they say nothing. */
const frozen: Record<string, RegExp> = { macOS: /^10\.15/, Windows: /^NT 10/, Android: /^10$/ };

/** A browser as a person knows it, from the header that it sends of itself: a hint, never a proof. */
export function describeBrowser(userAgent: string | null): BrowserName {
  if (!userAgent) return unknown;
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, 300));
  const major = browser.version?.split(".")[0];
  const system = os.versionName ?? os.version;
  const says = system && !(os.name && frozen[os.name]?.test(os.version ?? "")) ? system : undefined;
  return {
    browser: browser.name ? [browser.name, major].filter(Boolean).join(" ") : unknown.browser,
    os: os.name ? [os.name, says].filter(Boolean).join(" ") : unknown.os,
    mobile: platform.type === "mobile" || platform.type === "tablet",
  };
}
