export type SearchParams = Record<string, string | string[] | undefined>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  const id = (name: string) => (uuid.test(one(name)) ? one(name).toLowerCase() : null);
  return {
    search: one("q").replaceAll("\0", "").trim().slice(0, 200),
    after: id("after"),
    before: id("before"),
  };
}
