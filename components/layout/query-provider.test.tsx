import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { QueryProvider } from "./query-provider";

/** Renders the provider as the server does, and gives the cache that the pages below have. */
function cacheBelow(scopeKey: string): QueryClient {
  const seen: QueryClient[] = [];
  function Page() {
    seen.push(useQueryClient());
    return null;
  }
  renderToString(
    <QueryProvider scopeKey={scopeKey}>
      <Page />
    </QueryProvider>,
  );
  const [client] = seen;
  if (!client) throw new Error("nothing was rendered");
  return client;
}

describe("what a browser has fetched", () => {
  it("goes with the person and with the employer: another one's pages begin with an empty cache", () => {
    // React keeps the state of a component whose key stays, and makes it anew for another key.
    const keyOf = (scopeKey: string) => QueryProvider({ scopeKey, children: null }).key;
    expect(keyOf("ada:acme")).toBe(keyOf("ada:acme"));
    const keys = ["ada:acme", "ada:birch", "ben:acme"].map(keyOf);
    expect(keys).not.toContain(null);
    expect(new Set(keys).size).toBe(3);
  });

  it("is no other rendering's: there is no cache of the process", () => {
    const first = cacheBelow("ada:acme");
    first.setQueryData(["ada", "acme", "connections"], "what Ada saw");
    const second = cacheBelow("ada:acme");
    expect(second).not.toBe(first);
    expect(second.getQueryCache().getAll()).toEqual([]);
  });
});
