import { expect, test } from "vitest";
import { displayName, initials, legalName, nameOr, sortName } from "./names";

test("the preferred name is what a person is called", () => {
  const parts = { first: "Margaret", middle: "Ann", last: "O'Neil", preferred: "Peggy" };
  expect(displayName(parts)).toBe("Peggy O'Neil");
  expect(sortName(parts)).toBe("O'Neil, Peggy");
  expect(legalName(parts)).toBe("Margaret “Peggy” Ann O'Neil");
});

test("a preferred name equal to the first is not said twice", () => {
  expect(legalName({ first: "Ada", last: "Diaz", preferred: "Ada" })).toBe("Ada Diaz");
});

test("missing parts leave no stray comma or space", () => {
  expect(displayName({ first: null, last: "Cher" })).toBe("Cher");
  expect(sortName({ first: "Cher" })).toBe("Cher");
  expect(displayName({ first: "  ", last: "" })).toBeNull();
  expect(nameOr({})).toBe("Unnamed person");
});

test("spaces inside a name are made single", () => {
  expect(displayName({ first: " Mary  Jane ", last: "Li" })).toBe("Mary Jane Li");
});

test("initials come from the first and the last word, in any script", () => {
  expect(initials("Larkspur Dental Group", "company")).toBe("LD");
  expect(initials("Ana Maria Gutiérrez")).toBe("AG");
  expect(initials("Gusto")).toBe("GU");
  expect(initials("Inés Ångström")).toBe("IÅ");
  expect(initials("marisol.vega")).toBe("MV");
  expect(initials("")).toBe("?");
  expect(initials(null)).toBe("?");
});
