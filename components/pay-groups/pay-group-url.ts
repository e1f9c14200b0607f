import { readUuid } from "@/lib/format/uuid";

export type SearchParams = Record<string, string | string[] | undefined>;

/** The search and the page of a pay group's people. What is not understood is left out. */
export function readPayGroupAddress(params: SearchParams): {
  search: string;
  after: string | null;
  before: string | null;
} {
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  return {
    search: one("q").replaceAll("\0", "").trim().slice(0, 200),
    after: readUuid(one("after")),
    before: readUuid(one("before")),
  };
}
