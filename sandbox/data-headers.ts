import type { Caller, World } from "@/sandbox/call";

const codeOf = (item: unknown): number | null =>
  typeof item === "object" && item !== null && "code" in item && typeof item.code === "number"
    ? item.code
    : null;

/** A batch of which a part failed is a partial error (Finch: Headers). */
function isPartial(body: unknown): boolean {
  const isBatch = typeof body === "object" && body !== null && "responses" in body;
  const items: unknown = isBatch ? body.responses : body;
  if (!Array.isArray(items)) return false;
  const codes = items.map(codeOf);
  const failed = codes.filter((code) => code !== null && code >= 300).length;
  return failed > 0 && failed < items.length;
}

/** How fresh the data is; not there before the first sync was tried. */
export function dataHeaders(world: World, caller: Caller | null, body: unknown): Record<string, string> {
  const connection = caller && world.store.connections.get(caller.connection.id);
  if (!connection?.lastAttemptAt) return {};
  const result = connection.lastAttemptResult ?? "success";
  return {
    ...(connection.lastSyncedAt ? { "Finch-Data-Retrieved": connection.lastSyncedAt } : {}),
    "Finch-Last-Attempted-Update-Date": connection.lastAttemptAt,
    "Finch-Last-Attempted-Update-Result": result === "success" && isPartial(body) ? "partial_error" : result,
  };
}
