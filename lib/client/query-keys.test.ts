import { describe, expect, it } from "vitest";
import * as queries from "./connection-queries";
import { queryKeys, type QueryScope } from "./query-keys";

const scopes = ["ada", "ben"].flatMap((userId) =>
  ["acme", "birch"].map((customerId): QueryScope => ({ userId, customerId })),
);

/** Everything that makes a key, by its name. */
const makers: [name: string, keyOf: (scope: QueryScope) => readonly unknown[]][] = [
  ...Object.entries(queryKeys).map(([name, make]): (typeof makers)[number] => [
    name,
    (scope) => make(scope, "an id"),
  ]),
  ...Object.entries(queries).map(([name, make]): (typeof makers)[number] => [
    name,
    (scope) => make(scope, "an id").queryKey,
  ]),
];

describe("the key of a query", () => {
  it("is made in one place", () => {
    expect(makers.length).toBeGreaterThanOrEqual(7);
  });

  it.each(makers)("%s starts with the user and the employer", (_name, keyOf) => {
    for (const scope of scopes) expect(keyOf(scope).slice(0, 2)).toEqual([scope.userId, scope.customerId]);
  });

  it.each(makers)("%s is never the key of another person or employer", (_name, keyOf) => {
    expect(new Set(scopes.map((scope) => JSON.stringify(keyOf(scope)))).size).toBe(scopes.length);
  });
});
