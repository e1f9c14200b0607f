/** Next rejects the promise of an action that redirects, while it already leaves for the other page: no failure. */
export function isLeaving(error: unknown): boolean {
  const digest: unknown = error instanceof Error ? Reflect.get(error, "digest") : null;
  return typeof digest === "string" && digest.startsWith("NEXT_REDIRECT");
}
