import { html } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { formAction } from "@/sandbox/connect/views/layout";
import { findProvider, productCatalog, type Product } from "@/sandbox/providers";

function productRow(product: Product) {
  return html`<li>
    <h2>${product.title}</h2>
    <ul class="reads">
      ${product.reads.map((line) => html`<li>${line}</li>`)}
      ${(product.writes ?? []).map((line) => html`<li><span class="writes">May change:</span> ${line}</li>`)}
    </ul>
  </li>`;
}

/** Who asks for what, in plain words (Finch: Data Access Controls). */
export function consentView({ visit, session, clientName }: StepContext) {
  const wanted = productCatalog.filter((product) => session.products.includes(product.id));
  const provider = session.kind === "reauthenticate" ? findProvider(session.providerId ?? "") : null;
  const company = session.customerName ?? "your company";
  const title = provider ? `Reconnect ${provider.display_name}` : `Connect your payroll to ${clientName}`;
  const lead = provider
    ? `${clientName} lost its access to ${provider.display_name}. Sign in again to go on sharing the data of ${company}.`
    : `${clientName} asks to read these data of ${company} through Finch.`;
  return {
    title,
    body: html`<h1 tabindex="-1" data-focus>${title}</h1>
      <p class="lead">${lead}</p>
      <ul class="products">
        ${wanted.map(productRow)}
      </ul>
      <ul class="promises">
        <li>Only what is listed here is shared.</li>
        <li>${clientName} never sees your password.</li>
        <li>You can end the connection at any time.</li>
      </ul>
      <form method="post" action="${formAction(visit, "consent")}" class="foot">
        <button class="button primary wide">Agree and continue</button>
      </form>`,
  };
}
