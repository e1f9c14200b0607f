import { html } from "hono/html";
import type { Html } from "@/sandbox/connect/views/layout";
import type { Provider } from "@/sandbox/providers";
import type { AuthMethod, ConnectSession } from "@/sandbox/records";

/** Where Finch's people are invited to; nobody reads it. */
const administrator = "finch-admin@finch.example";

interface Field {
  name: string;
  label: string;
  type: "text" | "email" | "password";
  value?: string;
  autocomplete?: string;
}

/** One field; a secret one can be shown, and is never filled in again. */
function field({ name, label, type, value, autocomplete = "off" }: Field, failed: boolean): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <span class="input-row">
      <input
        id="${name}"
        name="${name}"
        type="${type}"
        value="${value ?? ""}"
        autocomplete="${autocomplete}"
        autocapitalize="none"
        spellcheck="false"
        aria-invalid="${failed ? "true" : "false"}"
        aria-describedby="${failed ? "problem" : ""}"
        required
      />
      ${
        type === "password"
          ? html`<button class="peek" type="button" data-peek="${name}" hidden>Show</button>`
          : ""
      }
    </span>
  </div>`;
}

const steps = (...lines: (Html | string)[]) =>
  html`<ol class="instructions">
    ${lines.map((line) => html`<li><span>${line}</span></li>`)}
  </ol>`;

function assistedForm(name: string, user: string, error: string | null): Html {
  return html`${steps(
      `Sign in to ${name} as an administrator.`,
      html`Add <strong class="address">${administrator}</strong> as a third-party administrator.
        <button class="copy" type="button" data-copy="${administrator}" hidden>Copy address</button>`,
      "Let it read the full directory and the full payroll.",
    )}
    ${field(
      { name: "username", label: "Your email address", type: "email", value: user, autocomplete: "email" },
      error === "missing_email",
    )}
    <label class="check"
      ><input type="checkbox" name="added" value="yes" /> I added the administrator</label
    >`;
}

function tokenForm(provider: Provider, user: string, failed: boolean): Html {
  const name = provider.display_name;
  const client = provider.api_fields === "client";
  const what = client ? "a client ID and secret" : "an API token";
  return html`${steps(
    `Sign in to ${name} as an administrator and open its settings for integrations.`,
    `Create ${what} that may read people and payroll.`,
    `Copy ${client ? "both" : "it"} here.`,
  )}
  ${
    client
      ? html`${field({ name: "username", label: "Client ID", type: "text", value: user }, failed)}
        ${field({ name: "password", label: "Client secret", type: "password" }, failed)}`
      : field({ name: "token", label: "API token", type: "password" }, failed)
  }`;
}

function clientIdForm(name: string, user: string, failed: boolean): Html {
  return html`${field({ name: "username", label: "Client ID", type: "text", value: user }, failed)}
    <p class="small-print">${name} asks you within a week to confirm. Until then nothing can be read.</p>`;
}

/** The form of one method: what to do first, and the fields. */
export function methodForm(session: ConnectSession, provider: Provider, method: AuthMethod): Html {
  const { username, error } = session.progress;
  const user = username ?? "";
  switch (method) {
    case "oauth":
      return html`<p class="lead flat">
        You allow the connection at ${provider.display_name}, without typing a password here.
      </p>`;
    case "api_token":
      return tokenForm(provider, user, error !== null);
    case "assisted":
      return assistedForm(provider.display_name, user, error);
    case "credential":
      if (provider.clientIdDigits) return clientIdForm(provider.display_name, user, error !== null);
      return html`${field({ name: "username", label: "User name", type: "text", value: user }, error !== null)}
      ${field({ name: "password", label: "Password", type: "password" }, error !== null)}`;
  }
}
