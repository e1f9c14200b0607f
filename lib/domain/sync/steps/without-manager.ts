import type { ScrubbedJson } from "@/lib/finch";

/** A record as it came, without naming a manager who was erased (SECURITY 19). */
export function withoutManager(raw: ScrubbedJson): ScrubbedJson {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  return { ...raw, manager: null };
}
