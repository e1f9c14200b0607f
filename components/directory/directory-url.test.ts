import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DirectoryQuery } from "@/lib/domain/individuals/directory-query";
import {
  directoryEntries,
  facetNames,
  readDirectoryAddress,
  withoutFilter,
  type DirectoryAddress,
} from "./directory-url";

const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && text !== "");
const values = fc.uniqueArray(fc.option(word), { maxLength: 4 });

const address: fc.Arbitrary<DirectoryAddress> = fc.record({
  query: fc.record({
    search: fc.oneof(fc.constant(""), word),
    statuses: values,
    departments: values,
    types: values,
    subtypes: values,
    connections: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
    manager: fc.option(fc.uuid()),
    active: fc.option(fc.boolean()),
    sort: fc.constantFrom("name", "title", "department", "status", "start"),
    descending: fc.boolean(),
    after: fc.option(fc.uuid()),
    before: fc.constant(null),
    position: fc.constant(1),
  }),
  open: fc.option(fc.constantFrom(...facetNames)),
});

function readBack(entries: [string, string][]) {
  const params: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(new URLSearchParams(entries).toString()))
    (params[name] ??= []).push(value);
  return readDirectoryAddress(params);
}

describe("the address of the directory", () => {
  it("says the same after writing and reading, commas and blanks included", () => {
    fc.assert(
      fc.property(address, (state) => {
        expect(readBack(directoryEntries(state))).toEqual(state);
      }),
    );
  });

  it("whatever somebody types into it is a query that the domain takes", () => {
    const params = fc.dictionary(
      fc.constantFrom(
        "q",
        "status",
        "connection",
        "manager",
        "sort",
        "dir",
        "after",
        "before",
        "n",
        "filter",
        "active",
        "x",
      ),
      fc.oneof(fc.string(), fc.constant("a\0b"), fc.string({ minLength: 300 }), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(params, (typed) => {
        expect(DirectoryQuery.safeParse(readDirectoryAddress(typed).query).success).toBe(true);
      }),
    );
  });

  it("the default state has an empty address", () => {
    expect(directoryEntries(readDirectoryAddress({}))).toEqual([]);
    fc.assert(
      fc.property(address, ({ query }) => {
        const { query: plain } = readDirectoryAddress({});
        const { sort, descending } = query;
        expect(withoutFilter(query)).toEqual({ ...plain, sort, descending });
      }),
    );
  });
});
