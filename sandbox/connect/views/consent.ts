import { html } from "hono/html";
import { brokenBox, companiesLine } from "@/sandbox/connect/views/broken";
import { formAction } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { icon } from "@/sandbox/pages/icons";
import { logo } from "@/sandbox/pages/logo";
import { productCatalog, type Product } from "@/sandbox/providers";

/** "Basic data, contact, bank accounts". */
const inOne = (titles: string[]) => {
  const line = titles.join(", ");
  return line.charAt(0) + line.slice(1).toLowerCase();
};

/** One product, and behind its line what exactly is read (Finch: Data Access Controls). */
function productRow(product: Product) {
  const sensitive = product.groups.some((group) => group.sensitive);
  return html`<li>
    <details class="product">
      <summary>
        <span class="product-text">
          <span class="product-title"
            >${product.title}${sensitive ? html` <span class="tag copper">Sensitive</span>` : ""}${
              product.writes ? html` <span class="tag copper">Read and change</span>` : ""
            }</span
          >
          <span class="product-groups">${inOne(product.groups.map((group) => group.title))}</span>
        </span>
        <span class="turn">${icon("chevron")}</span>
      </summary>
      <dl class="groups">
        ${product.groups.map(
          (group) =>
            html`<div>
              <dt>${group.title}</dt>
              <dd>${group.fields.join(", ")}</dd>
            </div>`,
        )}
        ${(product.writes ?? []).map(
          (line) =>
            html`<div class="writes">
              <dt>May change</dt>
              <dd>${line}</dd>
            </div>`,
        )}
      </dl>
    </details>
  </li>`;
}

function pair({ session, clientName, provider }: StepContext) {
  const other = provider
    ? logo(provider.id, provider.display_name, "large")
    : html`<span class="logo large unknown" aria-hidden="true">?</span>`;
  return html`<div class="pair ${session.kind === "reauthenticate" ? "broken" : ""}">
    ${logo(session.clientId, clientName, "large")}<span class="wire" aria-hidden="true"></span>${other}
  </div>`;
}

/** Who asks for what, in plain words. */
export function consentView(context: StepContext) {
  const { visit, session, clientName, provider, connection } = context;
  const wanted = productCatalog.filter((product) => session.products.includes(product.id));
  const repairs = session.kind === "reauthenticate" && provider !== null;
  const company = session.customerName ?? "your company";
  const title = repairs ? `Reconnect ${provider.display_name}` : `Connect your payroll to ${clientName}`;
  return {
    title,
    body: html`${pair(context)}
      <h1 tabindex="-1" data-focus>${title}</h1>
      ${
        repairs && connection
          ? brokenBox(context, connection)
          : html`<p class="lead">${clientName} asks to read these data of ${company} through Finch.</p>`
      }
      ${repairs ? html`<h2 class="section">What ${clientName} reads</h2>` : ""}
      <ul class="products">
        ${wanted.map(productRow)}
      </ul>
      ${connection ? companiesLine(connection) : ""}
      <ul class="promises">
        <li>${icon("eye")} Only what is listed here is shared.</li>
        <li>${icon("lock")} ${clientName} never sees your password.</li>
        <li>${icon("clock")} You can end the connection at any time.</li>
      </ul>
      <form method="post" action="${formAction(visit, "consent")}" class="foot">
        <button class="button primary wide">Agree and continue</button>
      </form>`,
  };
}
