import { html } from "hono/html";
import type { Html } from "@/sandbox/console/parts";
import { isAssistedOnly, providers } from "@/sandbox/providers";

const automated = providers.filter((provider) => !isAssistedOnly(provider));
const assisted = providers.filter(isAssistedOnly);

const options = (rows: typeof providers) =>
  rows.map(
    (provider) =>
      html`<option value="${provider.id}" ${provider.id === "gusto" ? "selected" : ""}>
        ${provider.display_name}
      </option>`,
  );

/** A company of any size without the Connect page. */
export function newCompanyDialog(): Html {
  return html`<dialog id="new-company" aria-labelledby="new-company-title">
    <form
      class="stack"
      data-post="/_sandbox/companies"
      data-shows="access_token:Access token,connection_id:Connection"
    >
      <h2 id="new-company-title">New company</h2>
      <p class="help">It is connected at once. Its token is shown here, and never again.</p>
      <div class="field">
        <label for="new-provider">Provider</label>
        <select class="input" id="new-provider" name="provider_id">
          <optgroup label="Automated">${options(automated)}</optgroup>
          <optgroup label="Assisted">${options(assisted)}</optgroup>
        </select>
      </div>
      <div class="columns">
        <div class="field">
          <label for="new-people">People</label>
          <input
            class="input"
            id="new-people"
            name="people"
            type="number"
            min="1"
            max="100000"
            value="20"
            required
            data-type="number"
          />
        </div>
        <div class="field">
          <label for="new-payments">Payments so far</label>
          <input
            class="input"
            id="new-payments"
            name="payments"
            type="number"
            min="0"
            max="1000"
            placeholder="1"
            data-type="number"
          />
        </div>
      </div>
      <div class="columns">
        <div class="field">
          <label for="new-name">Employer’s name</label>
          <input
            class="input"
            id="new-name"
            name="customer_name"
            type="text"
            maxlength="255"
            placeholder="made up"
          />
        </div>
        <div class="field">
          <label for="new-customer">Your customer id</label>
          <input
            class="input"
            id="new-customer"
            name="customer_id"
            type="text"
            maxlength="255"
            placeholder="none"
          />
        </div>
      </div>
      <p class="alert" role="alert" hidden></p>
      <div class="shown" role="status"></div>
      <div class="actions">
        <button class="button" type="button" data-closes>Close</button>
        <button class="button primary">Create</button>
      </div>
    </form>
  </dialog>`;
}
