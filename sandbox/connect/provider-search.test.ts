import { describe, expect, it } from "vitest";
import { distance } from "@/sandbox/connect/assets/provider-search.client.js";
import { sectionsOf } from "@/sandbox/connect/provider-list";
import { connectVisits } from "@/sandbox/testing/connect-visits";
import { startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { embedded, newSession } = connectVisits(sandbox);

async function found(search: string): Promise<string[]> {
  const session = sandbox.sandbox.world.store.sessions.get(await newSession({ manual: true }));
  if (!session) throw new Error("no session");
  return sectionsOf(session, search).flatMap(({ rows }) => rows.map(({ provider }) => provider.id));
}

describe("the provider search", () => {
  it.each([
    ["gusto", "gusto"],
    ["GUSTO", "gusto"],
    ["gutso", "gusto"],
    ["gust", "gusto"],
    ["quick books", "quickbooks"],
    ["quikbooks", "quickbooks"],
    ["quckboks", "quickbooks"],
    ["bamboo hr", "bamboo_hr"],
    ["bamboohr", "bamboo_hr"],
    ["paylocty", "paylocity"],
    ["adp workforce", "adp_workforce_now"],
    ["wfn", "adp_workforce_now"],
    ["ultimate", "ulti_pro"],
  ])("for %s finds %s first", async (search, id) => {
    expect((await found(search))[0]).toBe(id);
  });

  it("shows what is similar only where nothing fits to the letter", async () => {
    expect(await found("gusto")).toEqual(["gusto"]);
    expect(await found("sage hr")).not.toContain("cezanne_hr");
  });

  it("finds nothing for what no provider is called", async () => {
    expect(await found("xqzzzt")).toEqual([]);
  });

  it("has every provider before anything is typed", async () => {
    expect(new Set(await found("")).size).toBe(232);
  });

  it("works as a plain form where scripts are off", async () => {
    const page = await embedded();
    await page.send("consent");
    await page.open({ q: "rippling" });
    expect([...page.html.matchAll(/name="provider" value="(\w+)"/g)].map(([, id]) => id)).toEqual([
      "rippling",
    ]);
  });

  it.each([
    ["gutso", "gusto", 1],
    ["gusto", "gusto", 0],
    ["gsto", "gusto", 1],
    ["abcd", "wxyz", 4],
    ["gusto", "go", 3],
  ])("counts how far %s is from %s, up to one more than it is asked for", (a, b, steps) => {
    expect(distance(a, b, 2)).toBe(steps);
  });
});
