import { html } from "hono/html";
import {
  countOffered,
  sectionsOf,
  type ProviderRow,
  type ProviderSection,
} from "@/sandbox/connect/provider-list";
import { alertBox, formAction } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { errorText } from "@/sandbox/connect/views/texts";
import { icon } from "@/sandbox/pages/icons";
import { logo } from "@/sandbox/pages/logo";
import { productCatalog, supportsProduct, type Provider } from "@/sandbox/providers";

/** The wanted products that a provider does not have. */
function missingTitles(provider: Provider, wanted: readonly string[]): string[] {
  const missing = productCatalog.filter(
    (product) => wanted.includes(product.id) && !supportsProduct(provider, product.id),
  );
  return [...new Set(missing.map((product) => product.title))];
}

function providerRow({ provider, text }: ProviderRow, wanted: readonly string[]) {
  const missing = missingTitles(provider, wanted);
  return html`<li data-text="${text}">
    <button class="provider" name="provider" value="${provider.id}">
      ${logo(provider.id, provider.display_name)}
      <span class="provider-text">
        <span class="provider-name"
          >${provider.display_name}${provider.beta ? html` <span class="tag">Beta</span>` : ""}</span
        >
        ${
          missing.length > 0
            ? html`<span class="provider-note">Without ${missing.join(", ").toLowerCase()}</span>`
            : ""
        }
      </span>
      <span class="turn">${icon("chevron")}</span>
    </button>
  </li>`;
}

function section({ id, title, rows }: ProviderSection, wanted: readonly string[]) {
  return html`<section aria-labelledby="of-${id}" data-section ${rows.length > 0 ? "" : "hidden"}>
    <h2 class="section" id="of-${id}">${title}</h2>
    <ul class="providers">
      ${rows.map((row) => providerRow(row, wanted))}
    </ul>
  </section>`;
}

/** The provider network, searchable with and without script; misspelled names are found too. */
export function providersView({ visit, session, search }: StepContext) {
  const total = countOffered(session);
  const sections = sectionsOf(session, search);
  const nothing = sections.every(({ rows }) => rows.length === 0);
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
        <label for="search">Search ${total} providers</label>
        <span class="input-row">
          <span class="search-icon">${icon("search")}</span>
          <input
            id="search"
            name="q"
            type="search"
            value="${search}"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            data-search="providers"
            data-focus
          />
        </span>
        <noscript><button class="button">Search</button></noscript>
      </form>
      <p class="sr" role="status" data-count="providers"></p>
      <form method="post" action="${formAction(visit, "provider")}" id="providers" data-busy>
        ${sections.map((one) => section(one, session.products))}
      </form>
      <p class="nothing" data-empty="providers" ${nothing ? "" : "hidden"}>
        No provider has a name like this. Search for a part of it, or ask who runs payroll at your company.
      </p>`,
  };
}
