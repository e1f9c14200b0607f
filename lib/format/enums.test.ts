import { expect, test } from "vitest";
import { enumLabel, enumOptions } from "./enums";

test("a known value reads as words", () => {
  expect(enumLabel("employmentSubtype", "full_time")).toBe("Full time");
  expect(enumLabel("incomeUnit", "bi_weekly")).toBe("every two weeks");
});

test("a value that Finch adds tomorrow is shown as it came", () => {
  expect(enumLabel("employmentStatus", "sabbatical_2")).toBe("sabbatical_2");
  expect(enumLabel("employmentStatus", "constructor")).toBe("constructor");
});

test("null stays null, so that the screen says which kind of nothing it is", () => {
  expect(enumLabel("gender", null)).toBeNull();
  expect(enumLabel("gender", "")).toBeNull();
});

test("options list every known value once", () => {
  const values = enumOptions("employmentStatus").map((option) => option.value);
  expect(values).toContain("prehire");
  expect(new Set(values).size).toBe(values.length);
});
