import { describe, expect, it } from "vitest";
import { absentProductsOf, requestedProducts, requestedProductsOf } from "./requested-products";

describe("what an employer is asked to share", () => {
  it("is everything that Perch reads where the provider is not known yet", () => {
    expect(requestedProductsOf(null)).toEqual([...requestedProducts]);
    expect(requestedProductsOf({ products: [] })).toEqual([...requestedProducts]);
  });

  it("is only what the chosen provider has, by either name, with the numbers that belong to personal data", () => {
    const provider = { products: ["company", "individual", "deduction", "plans"] };
    expect(requestedProductsOf(provider)).toEqual(["company", "individual", "ssn", "benefits"]);
  });
});

describe("what a connection does not share", () => {
  const connection = { products: ["company", "deduction"], lostProducts: ["individual"] };

  it("is absent, which is not the same as lost", () => {
    expect(absentProductsOf(connection, null)).toEqual([
      "directory",
      "ssn",
      "employment",
      "payment",
      "pay_statement",
      "documents",
    ]);
  });

  it("is not missed where the provider does not have it", () => {
    const provider = { products: ["company", "directory", "individual", "benefits"] };
    expect(absentProductsOf(connection, provider)).toEqual(["directory", "ssn"]);
  });
});
