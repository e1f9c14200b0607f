/**
 * Whether an address is asked for by a page that watches, not by a person: it is no use of the session (SECURITY 3). A live page
 * refreshes itself at its own address, which says so.
 * @param path with its query, as proxy.ts notes it
 */
export function isPolled(path: string | null): boolean {
  const [pathname = "", query = ""] = (path ?? "").split("?");
  if (/^\/api\/(e|admin)\//.test(pathname)) return true;
  return pathname.startsWith("/admin/") && new URLSearchParams(query).get("live") === "1";
}
