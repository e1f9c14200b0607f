import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";
import { basicClient, bearerClient } from "@/sandbox/testing/harness";
import type { RunningSandbox } from "@/sandbox/server";

/** The application that frames the Connect page, or is returned to. */
export const sdkHost = "http://localhost:4590";
export const redirectUri = `${sdkHost}/callback?from=finch`;
export const atGusto = { integration: { provider: "gusto" } };

/** Opens sessions of ever new customers, and hands in what they end with. */
export function connectVisits(sandbox: RunningSandbox) {
  const client = basicClient(sandbox.url);
  let customers = 0;

  async function newSession(more: object = {}): Promise<string> {
    customers += 1;
    const { session_id } = await client.connect.sessions.new({
      customer_id: `page-${customers}`,
      customer_name: "Acme Inc.",
      products: ["company", "directory"],
      ...more,
    });
    return session_id;
  }

  return {
    client,
    newSession,
    customerId: () => `page-${customers}`,
    embedded: async (more: object = {}, state = "s-1") =>
      new ConnectDriver(sandbox.url, await newSession(more), sdkParams(sdkHost, state)).open(),
    redirecting: async (more: object = {}) =>
      new ConnectDriver(sandbox.url, await newSession({ redirect_uri: redirectUri, ...more }), {
        state: "s-2",
      }).open(),
    exchange: async (page: ConnectDriver) => {
      const answer = await client.accessTokens.create({ code: String(page.message?.data["code"]) });
      return { answer, bearer: bearerClient(sandbox.url, answer.access_token) };
    },
    /** A session that repairs a connection, opened. */
    repairing: async (connectionId: string, more: object = {}) => {
      const wanted = { connection_id: connectionId, ...more };
      const { session_id } = await client.connect.sessions.reauthenticate(wanted);
      return new ConnectDriver(sandbox.url, session_id, sdkParams(sdkHost)).open();
    },
  };
}
