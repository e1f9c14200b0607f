/**
 * A path of this origin, or null: never another host's address, whatever a browser makes of slashes, backslashes and
 * control characters. Pages of signing in lead nowhere after it.
 */
export function findSafePath(raw: unknown): string | null {
  if (typeof raw !== "string" || !raw.startsWith("/") || raw.length > 1000) return null;
  if (/^\/[/\\]|[\\\u0000-\u0020\u007f]/.test(raw)) return null;
  const base = "https://perch.invalid";
  if (!URL.canParse(raw, base)) return null;
  const url = new URL(raw, base);
  if (url.origin !== base || /^\/(sign-in|api|dev)(\/|$)/.test(url.pathname) || url.pathname.startsWith("//"))
    return null;
  return url.pathname + url.search;
}
