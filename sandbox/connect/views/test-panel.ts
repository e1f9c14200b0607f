import { html } from "hono/html";
import { testLogins } from "@/sandbox/connect/credentials";
import type { Html } from "@/sandbox/connect/views/layout";
import type { Provider } from "@/sandbox/providers";
import type { AuthMethod } from "@/sandbox/records";

interface Row {
  cells: string[];
  effect: string;
}

function table(head: readonly string[], rows: readonly Row[]): Html {
  return html`<details class="test">
    <summary>Test credentials</summary>
    <table>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
          <th scope="col">What happens</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.cells.map((cell) => html`<td><code>${cell}</code></td>`)}
              <td>${row.effect}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** What can be typed here, and what it leads to (Finch: Finch Sandbox); more are this emulator's own. */
export function testPanel(provider: Provider, method: AuthMethod): Html | string {
  if (method === "credential" && provider.clientIdDigits) {
    return table(
      ["Client ID"],
      [{ cells: ["1234567890".slice(0, provider.clientIdDigits)], effect: "waits" }],
    );
  }
  if (method === "credential") {
    const rows = testLogins.map(({ user, password, effect }) => ({ cells: [user, password], effect }));
    return table(["User name", "Password"], rows);
  }
  if (method !== "api_token") return "";
  return provider.api_fields === "client"
    ? table(["Client ID", "Client secret"], [{ cells: ["good_user", "good_pass"], effect: "connects" }])
    : table(["API token"], [{ cells: ["good_token"], effect: "connects" }]);
}
