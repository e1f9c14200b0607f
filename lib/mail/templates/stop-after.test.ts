import { describe, expect, it } from "vitest";
import { stopAfter } from "./stop-after";

describe("the stop after a name", () => {
  it("is left out where the name brings its own", () => {
    expect(["Acme Inc.", "Northwind"].map((name) => name + stopAfter(name))).toEqual([
      "Acme Inc.",
      "Northwind.",
    ]);
  });
});
