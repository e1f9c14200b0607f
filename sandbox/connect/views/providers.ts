import { html } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { alertBox, formAction } from "@/sandbox/connect/views/layout";
import { errorText, initialsOf, toneOf } from "@/sandbox/connect/views/texts";
import {
  isAssistedOnly,
  productCatalog,
  providers,
  supportsProduct,
  type Provider,
} from "@/sandbox/providers";

/** The wanted products that a provider does not have. */
function missingTitles(provider: Provider, wanted: readonly string[]): string[] {
  const missing = productCatalog.filter(
    (product) => wanted.includes(product.id) && !supportsProduct(provider, product.id),
  );
  return [...new Set(missing.map((product) => product.title))];
}

function providerRow(provider: Provider, wanted: readonly string[]) {
  const assisted = isAssistedOnly(provider);
  const missing = missingTitles(provider, wanted);
  return html`<li data-name="${provider.display_name.toLowerCase()}">
    <button class="provider" name="provider" value="${provider.id}">
      <span class="logo ${toneOf(provider.id)}" aria-hidden="true">${initialsOf(provider.display_name)}</span>
      <span class="provider-text">
        <span class="provider-name"
          >${provider.display_name}${provider.beta ? html` <span class="tag">Beta</span>` : ""}</span
        >
        <span class="provider-note"
          >${assisted ? "Assisted, set up by people within 2 weeks" : "Automated, ready at once"}${
            missing.length > 0 ? `. Without: ${missing.join(", ").toLowerCase()}` : ""
          }</span
        >
      </span>
    </button>
  </li>`;
}

/** What works at once first, then what people set up, then what is in beta; each by name. */
function byReadiness(a: Provider, b: Provider): number {
  const rank = (provider: Provider) => (provider.beta ? 2 : isAssistedOnly(provider) ? 1 : 0);
  return rank(a) - rank(b);
}

/** The provider network, searchable; assisted ones only where the session asks for them. */
export function providersView({ visit, session, search }: StepContext) {
  const offered = providers
    .filter((provider) => session.manual || !isAssistedOnly(provider))
    .sort(byReadiness);
  const term = search.trim().toLowerCase();
  const found = offered.filter((provider) => provider.display_name.toLowerCase().includes(term));
  const title = "Choose your provider";
  return {
    title,
    body: html`<h1 tabindex="-1">${title}</h1>
      <p class="lead">Where does your company run HR and payroll?</p>
      ${alertBox(errorText(session.progress.error, ""))}
      <form method="get" action="/authorize" class="search" role="search">
        ${[...new URLSearchParams(visit.query)].map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <label for="search">Search ${offered.length} providers</label>
        <input
          id="search"
          name="q"
          type="search"
          value="${search}"
          autocomplete="off"
          data-filter="providers"
          data-focus
        />
      </form>
      <form method="post" action="${formAction(visit, "provider")}">
        <ul class="providers" id="providers">
          ${found.map((provider) => providerRow(provider, session.products))}
        </ul>
      </form>
      <p class="nothing" role="status" data-empty="providers" ${found.length > 0 ? "hidden" : ""}>
        No provider has this name. Check the spelling, or search for a part of it.
      </p>`,
  };
}
