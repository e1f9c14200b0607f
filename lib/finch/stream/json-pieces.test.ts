import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadJson, JsonPieces, type ListPath } from "./json-pieces";

/** What a document gives when it comes in pieces of a few characters. */
function readIn(pieces: readonly string[], paths: readonly ListPath[]) {
  const elements: { path: number; element: unknown }[] = [];
  const reader = new JsonPieces(paths, (element, path) => elements.push({ path, element }));
  for (const piece of pieces) reader.push(piece);
  return { elements, rest: reader.end() };
}

const cut = (text: string, size: number) => text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];

describe("a document in pieces", () => {
  it("gives its elements one by one and keeps the rest", () => {
    const document = {
      paging: { count: 3 },
      individuals: [{ id: "a", tags: [1, [2]] }, null, "c"],
      end: true,
    };
    expect(readIn(cut(JSON.stringify(document), 3), [["individuals"]])).toEqual({
      elements: document.individuals.map((element) => ({ path: 0, element })),
      rest: { ...document, individuals: [] },
    });
  });

  it("gives inner elements before the one they stand in", () => {
    const document = {
      responses: [
        { id: 1, body: { list: ["x", { y: [] }] } },
        { id: 2, body: {} },
      ],
    };
    const paths = [["responses"], ["responses", "*", "body", "list"]];
    expect(readIn([JSON.stringify(document)], paths).elements).toEqual([
      { path: 1, element: "x" },
      { path: 1, element: { y: [] } },
      { path: 0, element: { id: 1, body: { list: [] } } },
      { path: 0, element: { id: 2, body: {} } },
    ]);
  });

  it("says what stands around an element, as far as it has come", () => {
    const parents: unknown[] = [];
    const reader: JsonPieces = new JsonPieces([["responses", "*", "list"]], () =>
      parents.push(structuredClone(reader.parent(2))),
    );
    reader.push('{"responses":[{"id":"a","list":[1],"late":2},{"list":[3],"id":"b"}]}');
    expect(parents).toEqual([{ id: "a" }, {}]);
  });

  it("is read as JSON.parse reads it, wherever it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        (list, size, pretty) => {
          const text = JSON.stringify(list, null, pretty ? 2 : 0);
          const { elements, rest } = readIn(cut(text, size), [[]]);
          expect(elements.map(({ element }) => element)).toEqual(JSON.parse(text));
          expect(rest).toEqual([]);
        },
      ),
    );
  });

  it.each(['{"a":1', "[", '{"a":tru}', "{} x", '["\u0001"]', '{"a" 1}', "<html>", "[1,]"])(
    "%j is not JSON",
    (text) => {
      expect(() => readIn([text], [])).toThrow(BadJson);
    },
  );

  it("is refused where one piece of it is larger than anything of Finch's", () => {
    const reader = new JsonPieces([[]], () => undefined);
    const million = "x".repeat(1024 * 1024);
    reader.push('[1,"');
    expect(() => {
      for (let count = 0; count < 40; count += 1) reader.push(million);
    }).toThrow(BadJson);
  });
});
