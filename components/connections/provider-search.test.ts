import { describe, expect, it } from "vitest";
import type { ProviderView } from "@/lib/domain/connections/views";
import { searchProviders } from "./provider-search";

const provider = (id: string, name: string, automated = true): ProviderView => ({
  id,
  name,
  automated,
  assisted: !automated,
  mfaRequired: null,
  products: [],
});

const all = [
  provider("accupay_isolved", "Accupay isolved", false),
  provider("run_adp", "RUN Powered by ADP"),
  provider("adp_run", "ADP Run"),
  provider("gusto", "Gusto"),
];
const ids = (list: ProviderView[]) => list.map(({ id }) => id);

describe("searching providers", () => {
  it("names that begin with the search come first", () => {
    expect(ids(searchProviders(all, "adp"))).toEqual(["adp_run", "run_adp"]);
  });

  it("without a search those that connect at once come first", () => {
    expect(ids(searchProviders(all, "")).at(-1)).toBe("accupay_isolved");
  });

  it("every word has to be there, in whatever order and spelling", () => {
    expect(ids(searchProviders(all, "isolved Acme"))).toEqual([]);
    expect(ids(searchProviders(all, "isolved, ACCU-PAY"))).toEqual(["accupay_isolved"]);
  });

  it("assisted ones are those that cannot be signed in to", () => {
    expect(ids(searchProviders(all, "", "assisted"))).toEqual(["accupay_isolved"]);
    expect(ids(searchProviders(all, "", "automated"))).not.toContain("accupay_isolved");
  });
});
