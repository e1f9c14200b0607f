import { describe, expect, it } from "vitest";
import { connectionHref, readConnectionAddress, withItems, withRequests } from "./connection-url";

const here = "/e/1/connections/2";
const run = "8a1c8f6e-0f5b-4f5b-9c3e-000000000001";

describe("the address of a connection's page", () => {
  it("comes back as it was written", () => {
    const address = readConnectionAddress({
      by: "company",
      run,
      items: "documents",
      "items-after": "a~b",
      requests: "failed",
    });
    const href = connectionHref(here, address, "items");
    expect(href).toBe(
      `${here}?by=company&run=${run}&items=documents&items-after=a%7Eb&requests=failed#items`,
    );
    const read = readConnectionAddress(Object.fromEntries(new URL(href, "http://x").searchParams));
    expect(read).toEqual(address);
  });

  it("without anything is the page itself", () => {
    expect(connectionHref(here, readConnectionAddress({}))).toBe(here);
  });

  it("leaves out what it does not understand", () => {
    const odd = {
      by: "x",
      run: "x",
      items: ["payroll", "documents"],
      requests: "some",
      "requests-after": "\0",
      "items-before": "",
    };
    expect(readConnectionAddress(odd)).toEqual(readConnectionAddress({}));
    expect(readConnectionAddress({ "items-after": "x".repeat(301) })).toEqual(readConnectionAddress({}));
  });

  it("has one place a table: before comes first", () => {
    const address = readConnectionAddress({ "items-after": "a~b", "items-before": "c~d" });
    expect(address).toMatchObject({ itemsAfter: null, itemsBefore: "c~d" });
  });

  it("a filter leads to the newest, and leaves the other table as it is", () => {
    const address = readConnectionAddress({ "items-after": "a~b", "requests-after": "c~d" });
    expect(withItems(address, "benefits")).toMatchObject({
      items: "benefits",
      itemsAfter: null,
      requestsAfter: "c~d",
    });
    expect(withRequests(address, true)).toMatchObject({
      failedOnly: true,
      requestsAfter: null,
      itemsAfter: "a~b",
    });
  });
});
