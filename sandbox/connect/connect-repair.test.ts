import { describe, expect, it } from "vitest";
import { atGusto, connectVisits } from "@/sandbox/testing/connect-visits";
import { control, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { embedded, exchange, repairing } = connectVisits(sandbox);

async function connected(password = "good_pass", account: string[] = []) {
  const page = await embedded(atGusto);
  await page.send("consent");
  await page.send("authenticate", { username: "good_user", password });
  if (account.length > 0) await page.send("accounts", toFields(account));
  return exchange(page);
}

const toFields = (account: string[]): [string, string][] => account.map((place) => ["account", place]);

describe("reauthentication", () => {
  it("goes straight to the provider and gives a new token of the same connection", async () => {
    const { answer, bearer: old } = await connected();
    const before = await old.hris.directory.list();
    await old.sandbox.connections.accounts.update({ connection_status: "reauth" });

    const again = await repairing(answer.connection_id);
    expect(again.heading).toBe("Reconnect Gusto");
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer: renewed, bearer } = await exchange(again);
    expect(renewed).toMatchObject({
      connection_id: answer.connection_id,
      provider_id: "gusto",
      products: answer.products,
    });
    expect(renewed.access_token).not.toBe(answer.access_token);
    expect((await bearer.hris.directory.list()).individuals).toEqual(before.individuals);
    expect((await failureOf(old.hris.directory.list())).body["finch_code"]).toBe("reauthenticate_user");
  });

  it.each([
    ["reauth", "Gusto no longer accepts the saved sign-in."],
    ["error_permissions", "The login at Gusto may no longer see everything that was agreed."],
    ["error_no_account_setup", "Finch was never added as an administrator in Gusto."],
    ["connected", "The connection with Gusto works."],
  ])("of a connection in status %s says what broke", async (status, words) => {
    const { answer } = await connected();
    await control(sandbox.url, "PUT", `/connections/${answer.connection_id}`, { status });
    expect((await repairing(answer.connection_id)).html).toContain(words);
  });

  it("of a connection that was ended meanwhile says so", async () => {
    const { answer, bearer } = await connected();
    const again = await repairing(answer.connection_id);
    await bearer.account.disconnect();
    await again.open();
    expect(again.heading).toBe("This connection was ended");
  });
});

describe("a login that reaches several companies", () => {
  it("makes one connection with an entity for each that is ticked", async () => {
    const { answer, bearer } = await connected("account_selection", ["0", "2"]);
    const { entities = [] } = await bearer.account.introspect();
    expect(entities.map((entity) => entity.name)).toEqual(["Acme Inc.", "Acme Holdings LLC"]);
    expect(answer).toHaveProperty(
      "entity_ids",
      entities.map((entity) => entity.id),
    );
  });

  it("keeps the companies of a repaired connection and may add others", async () => {
    const { answer, bearer: old } = await connected("account_selection", ["0", "2"]);
    const before = (await old.account.introspect()).entities?.map((entity) => entity.id) ?? [];
    const again = await repairing(answer.connection_id);
    expect(again.html).toContain("Covers 2 companies: Acme Inc., Acme Holdings LLC.");
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "account_selection" });
    expect(again.heading).toBe("Add companies");
    expect(again.html.match(/connected already/g)).toHaveLength(2);
    await again.send("accounts", toFields(["1"]));
    const { bearer } = await exchange(again);
    const after = (await bearer.account.introspect()).entities ?? [];
    expect(after.slice(0, 2).map((entity) => entity.id)).toEqual(before);
    expect(after.map((entity) => entity.name)).toContain("Acme Inc. (Canada)");
  });

  it("takes nothing away from a repaired connection when nothing is ticked", async () => {
    const { answer } = await connected("account_selection", ["0", "2"]);
    const again = await repairing(answer.connection_id);
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "account_selection" });
    await again.send("accounts");
    const { answer: renewed } = await exchange(again);
    expect(renewed).toMatchObject({ entity_ids: expect.objectContaining({ length: 2 }) });
  });
});
