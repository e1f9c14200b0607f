import { html } from "hono/html";
import { codeBlock, copyable, pageHead, sectionHead, type Html } from "@/sandbox/console/parts";
import type { View } from "@/sandbox/console/view";
import { testLogins } from "@/sandbox/connect/credentials";
import { defaultClient } from "@/sandbox/options";

const fact = (term: string, value: Html | string) =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;

const curl = (
  origin: string,
  id: string,
  secret: string,
) => `# A connection without the Connect page, and its access token
TOKEN=$(curl -s -u '${id}:${secret}' \\
  -H 'Content-Type: application/json' \\
  -d '{"provider_id": "gusto"}' \\
  ${origin}/sandbox/connections | sed -E 's/.*"access_token":"([^"]+)".*/\\1/')

# The first sync takes a moment: 202 until then
sleep 1
curl -s -H "Authorization: Bearer $TOKEN" ${origin}/employer/directory`;

const node = (origin: string, id: string, secret: string) => `import Finch from "@tryfinch/finch-api";

const finch = new Finch({
  baseURL: "${origin}",
  clientID: "${id}",
  clientSecret: "${secret}",
});
const { connect_url } = await finch.connect.sessions.new({
  customer_id: "customer-1",
  customer_name: "Acme Inc.",
  products: ["company", "directory", "individual", "employment"],
  redirect_uri: "http://localhost:3000/callback",
});`;

const python = (origin: string, id: string, secret: string) => `from finch import Finch

finch = Finch(
    base_url="${origin}",
    client_id="${id}",
    client_secret="${secret}",
)`;

const react = (origin: string) => `import { useFinchConnect } from "@tryfinch/react-connect";

const { open } = useFinchConnect({
  onSuccess: ({ code }) => exchange(code),
  onError: console.error,
  onClose: () => {},
  apiConfig: { connectUrl: "${origin}" },
});
open({ sessionId });`;

/** What an application needs to use this sandbox in place of Finch. */
export const startView: View = ({ world, origin }) => {
  const { clients } = world.settings;
  const first = clients[0] ?? defaultClient;
  // Only the secret that everybody can read in the documentation is shown.
  const secret = first.secret === defaultClient.secret ? first.secret : "$FINCH_CLIENT_SECRET";
  return html`${pageHead(
      "Connect your code",
      "Point your Finch client at this address. It needs no account at Finch, and every company is made up.",
    )}
    <div class="split">
      <div>
        <section>
          ${sectionHead("curl")} ${codeBlock(curl(origin, first.id, secret), "curl commands")}
        </section>
        <section>${sectionHead("Node")} ${codeBlock(node(origin, first.id, secret), "Node code")}</section>
        <section>
          ${sectionHead("Python")} ${codeBlock(python(origin, first.id, secret), "Python code")}
        </section>
        <section>
          ${sectionHead("React, for the Connect page")} ${codeBlock(react(origin), "React code")}
        </section>
      </div>
      <aside aria-label="What it needs">
        <dl class="facts">
          ${fact("Base URL", copyable(origin, "base URL"))}
          ${clients.map((client) => fact(client.name ? `Client id (${client.name})` : "Client id", copyable(client.id, "client id")))}
          ${fact("Client secret", secret === first.secret ? copyable(secret, "client secret") : "as given at the start")}
        </dl>
        <section>
          ${sectionHead("Logins of the Connect page")}
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">User, password</th>
                <th scope="col">What happens</th>
              </tr>
            </thead>
            <tbody>
              ${testLogins.map(
                ({ user, password, effect }) =>
                  html`<tr>
                    <td><code>${user}</code><br /><code>${password}</code></td>
                    <td>${effect}</td>
                  </tr>`,
              )}
              <tr>
                <td><code>good_token</code></td>
                <td>connects where an API token is asked for</td>
              </tr>
            </tbody>
          </table>
        </section>
      </aside>
    </div>`;
};
