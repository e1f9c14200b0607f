import { html } from "hono/html";
import { methodsOf, patience } from "@/sandbox/connect/flow";
import { alertBox, formAction, type Html } from "@/sandbox/connect/views/layout";
import { methodForm } from "@/sandbox/connect/views/method-form";
import type { StepContext } from "@/sandbox/connect/views/step";
import { testPanel } from "@/sandbox/connect/views/test-panel";
import { errorText } from "@/sandbox/connect/views/texts";
import { icon } from "@/sandbox/pages/icons";
import { logo } from "@/sandbox/pages/logo";
import type { Provider } from "@/sandbox/providers";
import type { AuthMethod } from "@/sandbox/records";

const methodNames: Record<AuthMethod, string> = {
  credential: "Use a user name and password instead",
  oauth: "Use the provider’s own page instead",
  api_token: "Use an API token instead",
  assisted: "Add an administrator instead (assisted)",
};

const buttons: Record<AuthMethod, [label: string, busy: string]> = {
  credential: ["Sign in", "Signing in…"],
  oauth: ["Connect", "Connecting…"],
  api_token: ["Connect", "Connecting…"],
  assisted: ["Finish", "Finishing…"],
};

function wayOut(name: string, others: readonly AuthMethod[]): Html {
  return html`<p class="notice">
    ${
      others.length > 0
        ? `${patience} tries did not work. There is another way into ${name} below.`
        : `${patience} tries did not work. Reset the password at ${name}, or ask who runs payroll at your company.`
    }
  </p>`;
}

function whatNext(provider: Provider, method: AuthMethod, clientName: string): Html | string {
  const name = provider.display_name;
  if (method === "credential") {
    return html`<p class="small-print">
      ${icon("lock")} Finch uses this login to read from ${name}. ${clientName} never sees it.
    </p>`;
  }
  return method === "assisted"
    ? html`<p class="small-print">
        ${icon("clock")} Finch’s people then set up the connection. That can take up to two weeks.
      </p>`
    : "";
}

/** The sign-in of a provider, by the chosen method, with the other methods below. */
export function authenticateView({ visit, session, provider, clientName }: StepContext) {
  if (!provider) throw new Error("no provider is chosen");
  const { authMethod, error, refusals = 0 } = session.progress;
  const method = authMethod ?? "credential";
  const others = methodsOf(session, provider).filter((other) => other !== method);
  const name = provider.display_name;
  const title = session.kind === "reauthenticate" ? `Reconnect ${name}` : `Connect ${name}`;
  const [label, busy] = buttons[method];
  return {
    title,
    body: html`<div class="provider-head">
        ${logo(provider.id, name, "large")}
        <h1 tabindex="-1" data-focus>${title}</h1>
      </div>
      ${alertBox(errorText(error, name))} ${refusals >= patience ? wayOut(name, others) : ""}
      <form
        method="post"
        action="${formAction(visit, "authenticate")}"
        novalidate
        class="stack"
        data-busy="${busy}"
      >
        ${methodForm(session, provider, method)}
        <button class="button primary wide">${label}</button>
      </form>
      ${
        method === "oauth" && session.connectionType === "finch"
          ? html`<form method="post" action="${formAction(visit, "authenticate")}" class="other">
              <button class="link" name="way" value="page">Go through the page of ${name} first</button>
            </form>`
          : ""
      }
      ${others.map(
        (other) =>
          html`<form method="post" action="${formAction(visit, "method")}" class="other">
            <button class="link" name="method" value="${other}">${methodNames[other]}</button>
          </form>`,
      )}
      ${whatNext(provider, method, clientName)} ${testPanel(provider, method)}`,
  };
}
