import { html } from "hono/html";
import { formAction } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { logo, toneOf } from "@/sandbox/pages/logo";
import { productCatalog } from "@/sandbox/providers";

/** The provider's own page, which asks whether Finch may come in. It needs no login here. */
export function oauthView({ visit, provider, session }: StepContext) {
  if (!provider) throw new Error("no provider is chosen");
  const name = provider.display_name;
  const company = session.customerName ?? "your company";
  const wanted = productCatalog.filter((product) => session.products.includes(product.id));
  return {
    title: `Sign in at ${name}`,
    body: html`<div class="provider-page ${toneOf(provider.id)}">
        ${logo(provider.id, name)}
        <p>${name} <span class="tag">Emulated page</span></p>
      </div>
      <h1 tabindex="-1" data-focus>Allow Finch to see ${company}?</h1>
      <p class="lead">You are signed in at ${name} as an administrator. Finch asks to read:</p>
      <ul class="asked">
        ${wanted.map((product) => html`<li>${product.title}</li>`)}
      </ul>
      <form method="post" action="${formAction(visit, "oauth")}" class="stack" data-busy="Allowing…">
        <button class="button primary wide" name="decision" value="allow">Allow access</button>
        <button class="button wide" name="decision" value="deny">Cancel</button>
      </form>`,
  };
}
