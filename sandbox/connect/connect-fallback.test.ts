import { describe, expect, it } from "vitest";
import { finishAssistedSetup } from "@/sandbox/assisted";
import { atGusto, connectVisits } from "@/sandbox/testing/connect-visits";
import { failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { world } = sandbox.sandbox;
const { embedded, exchange, repairing } = connectVisits(sandbox);
const atAdp = { integration: { provider: "adp_run" } };
const wayOut = 'value="assisted"';

async function refusedAt(session: object, times: number) {
  const page = await embedded(session);
  await page.send("consent");
  for (let n = 0; n < times; n++)
    await page.send("authenticate", { username: "somebody", password: "wrong" });
  return page;
}

describe("a login that keeps failing", () => {
  it("can be replaced by an administrator after three tries, where Finch offers that", async () => {
    expect((await refusedAt(atAdp, 2)).html).not.toContain(wayOut);
    expect((await refusedAt(atAdp, 3)).html).toContain(wayOut);
    expect((await refusedAt(atGusto, 3)).html).not.toContain(wayOut);
  });

  it("then waits for the accountant that Finch sets up, and goes on as an automated connection", async () => {
    const page = await refusedAt(atAdp, 3);
    await page.send("method", { method: "assisted" });
    await page.send("authenticate", { username: "hr@acme.example", added: "yes" });
    const { answer, bearer } = await exchange(page);
    const { data, response } = await bearer.hris.company.retrieve().withResponse();
    expect(response.status).toBe(202);
    expect(data).toMatchObject({ name: "authorization_pending", finch_code: "accountant_setup_pending" });
    const connection = world.store.connections.get(answer.connection_id);
    if (connection) finishAssistedSetup(world, connection);
    expect((await bearer.hris.company.retrieve()).legal_name).toBe("Acme Inc.");
    expect(await bearer.account.introspect()).toMatchObject({
      manual: false,
      authentication_methods: [{ type: "credential", connection_status: { status: "connected" } }],
    });
  });
});

describe("a provider that lets Finch in by a number", () => {
  it("takes six digits and leaves the connection pending", async () => {
    const page = await embedded({ integration: { provider: "alphastaff" } });
    await page.send("consent");
    await page.send("authenticate", { username: "12345" });
    expect(page.alert).toBe("This is not a client ID.");
    await page.send("authenticate", { username: "123456" });
    const { bearer } = await exchange(page);
    const { data } = await bearer.hris.company.retrieve().withResponse();
    expect(data).toMatchObject({ code: 202, finch_code: "pending" });
  });
});

describe("a login after a reauthentication", () => {
  it("stands in for the broken one, whose token stays dead", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer, bearer: old } = await exchange(page);
    await old.sandbox.connections.accounts.update({ connection_status: "reauth" });
    const again = await repairing(answer.connection_id);
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "good_pass" });
    const { bearer } = await exchange(again);
    const methods = (await bearer.account.introspect()).authentication_methods ?? [];
    expect(methods.map((method) => method.connection_status?.status)).toEqual(["connected"]);
    expect((await old.account.introspect()).connection_status.status).toBe("reauth");
  });

  it("has the products that are asked for now; the old token keeps its own", async () => {
    const page = await embedded({ ...atGusto, products: ["company"] });
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer, bearer: old } = await exchange(page);
    const again = await repairing(answer.connection_id, { products: ["company", "directory"] });
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer: renewed, bearer } = await exchange(again);
    expect([renewed.connection_id, renewed.products]).toEqual([
      answer.connection_id,
      ["company", "directory"],
    ]);
    expect((await bearer.hris.directory.list()).individuals).toHaveLength(20);
    expect((await failureOf(old.hris.directory.list())).body["name"]).toBe("insufficient_scope_error");
    expect((await old.hris.company.retrieve()).id).toBe((await bearer.hris.company.retrieve()).id);
  });

  it("brings a disconnected company back where it is chosen again", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "account_selection" });
    await page.send("accounts", [
      ["account", "0"],
      ["account", "1"],
    ]);
    const { answer, bearer } = await exchange(page);
    const [, second = ""] = answer.entity_ids;
    await bearer.account.disconnectEntity({ entity_ids: [second] });
    const again = await repairing(answer.connection_id);
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "account_selection" });
    await again.send("accounts", { account: "1" });
    const renewed = await exchange(again);
    expect(renewed.answer.entity_ids).toEqual(answer.entity_ids);
  });
});
