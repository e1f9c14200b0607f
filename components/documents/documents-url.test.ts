import { describe, expect, it } from "vitest";
import { documentsSearch, hasDocumentFilter, readDocumentsAddress } from "./documents-url";

const read = (text: string) => readDocumentsAddress(Object.fromEntries(new URLSearchParams(text)));
const id = "6d0e9f0a-0000-4000-8000-000000000001";

describe("the address of the tax forms", () => {
  it("holds all of the state, and nothing of the default one", () => {
    const text = `?q=ada&type=w4_2020%2Cnone&year=2024%2C2023&connection=${id}&state=failed&person=${id}&after=${id}`;
    expect(documentsSearch(read(text))).toBe(text);
    expect(documentsSearch(read(""))).toBe("");
    expect(hasDocumentFilter(read(`?after=${id}`))).toBe(false);
    expect(hasDocumentFilter(read("?year=2024"))).toBe(true);
  });

  it("leaves out what is not understood", () => {
    expect(read("?year=soon,2024,99999&state=odd&after=1&connection=x&q=a%00b")).toMatchObject({
      years: [2024],
      state: null,
      after: null,
      connections: [],
      search: "ab",
    });
  });
});
