import { describe, expect, it } from "vitest";
import { toCustomFields } from "./custom-fields";

const valueOf = (value: unknown) => toCustomFields([{ name: "Field", value }])?.[0]?.value;

describe("a custom field", () => {
  it("reads as words, whatever its type", () => {
    expect([true, false, 12, "true", "", null].map(valueOf)).toEqual(["Yes", "No", "12", "true", null, null]);
  });
});
