import Bowser from "bowser";

export interface BrowserName {
  /** "Firefox 144"; the major version says enough. */
  browser: string;
  /** "Windows 11", "iOS". */
  os: string;
}

const unknown: BrowserName = { browser: "Unknown browser", os: "unknown system" };

/** A browser as a person knows it, from the header that it sends of itself. */
export function describeBrowser(userAgent: string | null): BrowserName {
  if (!userAgent) return unknown;
  const { browser, os } = Bowser.parse(userAgent.slice(0, 300));
  const major = browser.version?.split(".")[0];
  return {
    browser: browser.name ? [browser.name, major].filter(Boolean).join(" ") : unknown.browser,
    os: os.name ? [os.name, os.versionName].filter(Boolean).join(" ") : unknown.os,
  };
}
