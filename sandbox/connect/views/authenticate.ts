import { html } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { testLogins } from "@/sandbox/connect/credentials";
import { methodsOf } from "@/sandbox/connect/flow";
import { alertBox, formAction, type Html } from "@/sandbox/connect/views/layout";
import { errorText, initialsOf, toneOf } from "@/sandbox/connect/views/texts";
import type { Provider } from "@/sandbox/providers";
import type { AuthMethod } from "@/sandbox/records";

const methodNames: Record<AuthMethod, string> = {
  credential: "Use a user name and password instead",
  oauth: "Use the provider’s own page instead",
  api_token: "Use an API token instead",
  assisted: "Add an administrator instead (assisted)",
};

interface Field {
  name: string;
  label: string;
  type: string;
  value?: string;
  autocomplete?: string;
}

function field({ name, label, type, value, autocomplete = "off" }: Field, invalid: boolean): Html {
  const state = invalid ? "true" : "false";
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value ?? ""}"
      autocomplete="${autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      aria-invalid="${state}"
      required
    />
  </div>`;
}

function testPanel(rows: { user: string; password: string; effect: string }[], head: [string, string]): Html {
  return html`<details class="test">
    <summary>Test credentials</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">${head[0]}</th>
          <th scope="col">${head[1]}</th>
          <th scope="col">What happens</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <td><code>${row.user}</code></td>
              <td><code>${row.password}</code></td>
              <td>${row.effect}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** The form of one method: fields and the hint what to type here. */
function methodForm(provider: Provider, method: AuthMethod, username: string | null, failed: boolean): Html {
  const user = username ?? "";
  switch (method) {
    case "oauth":
      return html`<p>You continue on the sign-in page of ${provider.display_name}, and come back here.</p>`;
    case "api_token":
      return provider.api_fields === "client"
        ? html`${field({ name: "username", label: "Client ID", type: "text", value: user }, failed)}
          ${field({ name: "password", label: "Client secret", type: "password" }, failed)}`
        : field({ name: "token", label: "API token", type: "password" }, failed);
    case "assisted":
      return html`<ol class="instructions">
          <li>Sign in to ${provider.display_name} as an administrator.</li>
          <li>Add <strong>finch-admin@finch.example</strong> as a third-party administrator.</li>
          <li>Let it read the full directory and the full payroll.</li>
        </ol>
        ${field({ name: "username", label: "Your email address", type: "email", value: user, autocomplete: "email" }, failed)}
        <label class="check"
          ><input type="checkbox" name="added" value="yes" /> I added the administrator</label
        >`;
    default:
      return html`${field({ name: "username", label: "User name", type: "text", value: user }, failed)}
      ${field({ name: "password", label: "Password", type: "password" }, failed)}`;
  }
}

function testHelp(provider: Provider, method: AuthMethod): Html | string {
  if (method === "credential") return testPanel(testLogins, ["User name", "Password"]);
  if (method !== "api_token") return "";
  return provider.api_fields === "client"
    ? testPanel([{ user: "good_user", password: "good_pass", effect: "connects" }], ["Client ID", "Secret"])
    : testPanel([{ user: "good_token", password: "", effect: "connects" }], ["API token", ""]);
}

const buttons: Record<AuthMethod, string> = {
  credential: "Sign in",
  oauth: "Connect",
  api_token: "Connect",
  assisted: "Finish",
};

/** The sign-in of a provider, by the chosen method, with the other methods below. */
export function authenticateView({ visit, session, provider }: StepContext) {
  if (!provider) throw new Error("no provider is chosen");
  const { authMethod, username, error } = session.progress;
  const method = authMethod ?? "credential";
  const others = methodsOf(session, provider).filter((other) => other !== method);
  const title =
    session.kind === "reauthenticate"
      ? `Reconnect ${provider.display_name}`
      : `Connect ${provider.display_name}`;
  return {
    title,
    body: html`<div class="provider-head">
        <span class="logo large ${toneOf(provider.id)}" aria-hidden="true"
          >${initialsOf(provider.display_name)}</span
        >
        <h1 tabindex="-1" data-focus>${title}</h1>
      </div>
      ${alertBox(errorText(error, provider.display_name))}
      <form method="post" action="${formAction(visit, "authenticate")}" novalidate class="stack">
        ${methodForm(provider, method, username, error !== null)}
        <button class="button primary wide">${buttons[method]}</button>
      </form>
      ${others.map(
        (other) =>
          html`<form method="post" action="${formAction(visit, "method")}" class="other">
            <button class="link" name="method" value="${other}">${methodNames[other]}</button>
          </form>`,
      )}
      ${testHelp(provider, method)}`,
  };
}
