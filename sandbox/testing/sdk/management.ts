import { expect } from "vitest";
import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";
import { bearerClient, control, createTestConnection } from "@/sandbox/testing/harness";
import { startReceiver } from "@/sandbox/testing/receiver";
import type { Drive, Stage } from "@/sandbox/testing/sdk/stage";
import { secret, unwrap } from "@/sandbox/testing/webhook-world";

/** Sessions, tokens, jobs, webhooks. */
export const management = ({ sandbox, office, finch, withForms, created, ids }: Stage): Drive => {
  const newSession = (customer: string) =>
    office.connect.sessions.new({
      customer_id: customer,
      customer_name: "Acme, Inc.",
      products: ["company"],
      integration: { provider: "gusto" },
    });
  const newCode = async (customer: string) => {
    const { session_id } = await newSession(customer);
    const page = await new ConnectDriver(sandbox.url, session_id, sdkParams("http://localhost:4590")).open();
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    return String(page.message?.data["code"]);
  };
  return {
    "connect.sessions.new": async () => {
      const { connect_url, session_id } = await newSession("sdk-session");
      expect(connect_url).toBe(`${sandbox.url}/authorize?session=${session_id}`);
    },
    "connect.sessions.reauthenticate": async () => {
      const { connection_id } = created;
      expect(await office.connect.sessions.reauthenticate({ connection_id })).toHaveProperty("session_id");
    },
    "accessTokens.create": async () => {
      const token = await office.accessTokens.create({ code: await newCode("sdk-token") });
      const company = await bearerClient(sandbox.url, token.access_token).hris.company.retrieve();
      expect(company.legal_name).toBe("Acme, Inc.");
    },
    "account.disconnect": async () => {
      const { client } = await createTestConnection(sandbox);
      expect(await client.account.disconnect()).toEqual({ status: "success" });
    },
    "account.disconnectEntity": async () => {
      const other = await createTestConnection(sandbox);
      const entity_ids = [other.created.entity_id];
      expect(await other.client.account.disconnectEntity({ entity_ids })).toHaveProperty("status");
    },
    "requestForwarding.forward": async () => {
      const { client } = await createTestConnection(sandbox, {
        provider_id: "bamboo_hr",
        products: ["company"],
      });
      const answer = await client.requestForwarding.forward({ method: "GET", route: "/company" });
      expect(answer).toMatchObject({ statusCode: 200, data: expect.any(String), request: { method: "GET" } });
    },
    "jobs.automated.create": async () => {
      expect(await finch.jobs.automated.create({ type: "data_sync_all" })).toHaveProperty("job_id");
    },
    "jobs.automated.list": async () => {
      const { data, meta } = await finch.jobs.automated.list({ limit: 2 });
      expect(data.length).toBeLessThanOrEqual(2);
      expect(meta.quotas?.data_sync_all?.allowed_refreshes).toBe(10);
    },
    "jobs.automated.retrieve": async () => {
      const { job_id } = await withForms.jobs.automated.retrieve(ids.job);
      expect(job_id).toBe(ids.job);
    },
    "webhooks.unwrap": async () => {
      const receiver = await startReceiver();
      await control(sandbox.url, "POST", "/webhooks", { url: receiver.url, secret });
      await finch.sandbox.connections.accounts.update({ connection_status: "reauth" });
      await finch.sandbox.connections.accounts.update({ connection_status: "connected" });
      await control(sandbox.url, "POST", "/webhooks/drain");
      const events = receiver.received.map((message) => unwrap(message));
      expect(events).toContainEqual(expect.objectContaining({ event_type: "account.updated" }));
    },
  };
};
