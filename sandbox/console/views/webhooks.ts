import { html } from "hono/html";
import { clockTime, count, counted, when } from "@/sandbox/console/format";
import {
  action,
  address,
  chip,
  empty,
  pageHead,
  pager,
  scroller,
  sectionHead,
  type Html,
} from "@/sandbox/console/parts";
import { numberOf, type View, type ViewInput } from "@/sandbox/console/view";
import type { Delivery, WebhookEndpoint } from "@/sandbox/webhooks/records";

const perPage = 50;

export function stateChip({ state, attempts }: Delivery): Html {
  if (state === "delivered") return chip("healthy", "Delivered");
  if (state === "failed") return chip("failing", "Given up");
  return attempts.length > 0 ? chip("attention", "Tried, waiting") : chip("waiting", "Waiting");
}

/** How the last attempt ended. */
export function lastAnswer({ attempts }: Delivery): string {
  const last = attempts.at(-1);
  if (!last) return "not tried yet";
  return last.status === null ? (last.error ?? "no answer") : `answered ${last.status}`;
}

const behaviour = (endpoint: WebhookEndpoint): string =>
  [
    endpoint.shapes === "both" ? "" : `shapes of the ${endpoint.shapes}`,
    endpoint.duplicates ? "everything twice" : "",
    endpoint.reorder ? "out of order" : "",
    endpoint.fromStart ? "from the start" : "",
    counted(endpoint.secrets.length, "secret"),
  ]
    .filter(Boolean)
    .join(", ");

function endpointRow({ world }: ViewInput, endpoint: WebhookEndpoint): Html {
  const deliveries = world.store.deliveries.group(endpoint.id);
  const waiting = deliveries.filter((row) => row.state === "waiting").length;
  return html`<li>
    <span class="grow">
      <strong><code>${endpoint.url}</code></strong>
      <small>${behaviour(endpoint)}</small>
    </span>
    <small>
      ${counted(waiting, "delivery", "deliveries")}
      waiting${endpoint.dropped > 0 ? `, ${count(endpoint.dropped)} dropped` : ""}
    </small>
    ${action("Send test event", "/_sandbox/webhooks/test", { url: endpoint.url }, { class: "small", name: `Send test event to ${endpoint.url}` })}
    ${action("Remove", `/_sandbox/webhooks/${endpoint.id}`, {}, { class: "small ghost", method: "DELETE", name: `Remove ${endpoint.url}` })}
  </li>`;
}

function registerForm(): Html {
  return html`<form
    class="stack register"
    data-post="/_sandbox/webhooks"
    data-shows="secret:Secret"
    data-resets
  >
    <div class="columns">
      <div class="field">
        <label for="url">URL</label>
        <input
          class="input"
          id="url"
          name="url"
          type="url"
          required
          placeholder="http://localhost:3000/webhooks/finch"
        />
      </div>
      <div class="field">
        <label for="secret">Secret</label>
        <input
          class="input"
          id="secret"
          name="secret"
          type="text"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="secret-help"
          placeholder="made here if left empty"
        />
        <p class="help" id="secret-help">Base64. A second one for the same URL starts a rotation.</p>
      </div>
    </div>
    <details class="more">
      <summary>How it behaves</summary>
      <div class="columns">
        <div class="field">
          <label for="shapes">Where Finch contradicts itself</label>
          <select class="input" id="shapes" name="shapes">
            <option value="">take turns</option>
            <option value="document">as the OpenAPI document</option>
            <option value="guide">as the guide</option>
          </select>
        </div>
        <div class="checks">
          <label class="check"
            ><input type="checkbox" name="duplicates" value="true" data-type="boolean" /> Send every event
            twice</label
          >
          <label class="check"
            ><input type="checkbox" name="reorder" value="true" data-type="boolean" /> Send events out of
            order</label
          >
        </div>
      </div>
    </details>
    <p class="alert" role="alert" hidden></p>
    <div class="shown" role="status"></div>
    <div class="actions"><button class="button primary">Register</button></div>
  </form>`;
}

function deliveryRow({ world, now }: ViewInput, delivery: Delivery): Html {
  const endpoint = world.store.webhookEndpoints.get(delivery.endpointId);
  return html`<tr>
    <td>
      <time datetime="${delivery.createdAt}" title="${delivery.createdAt}"
        >${clockTime(delivery.createdAt)}</time
      >
    </td>
    <th scope="row">
      <a class="row-link" href="${address({ view: "delivery", id: delivery.id })}"
        ><code>${delivery.eventType}</code></a
      >
      <small>${endpoint?.url ?? "an endpoint that is gone"}</small>
    </th>
    <td>${stateChip(delivery)}</td>
    <td class="wide">
      ${lastAnswer(delivery)}
      ${delivery.nextAt && delivery.attempts.length > 0 ? html`<small>next ${when(delivery.nextAt, now)}</small>` : ""}
    </td>
    <td class="n wide">${count(delivery.attempts.length)}</td>
    <td class="wide acts">
      ${action("Send again", `/_sandbox/webhooks/deliveries/${delivery.id}/resend`, {}, { class: "small ghost", name: `Send again: ${delivery.eventType}` })}
    </td>
  </tr>`;
}

function deliveries(input: ViewInput): Html {
  const { world, params } = input;
  const all = world.store.deliveries.all().reverse();
  const offset = numberOf(params, "offset");
  const page = all.slice(offset, offset + perPage);
  const link = (to: number) => address({ view: "webhooks", offset: to || null });
  if (all.length === 0) {
    return empty(
      "Nothing was sent yet",
      "Events follow from what happens: a login, a sync, a payment, a deduction.",
    );
  }
  return html`${scroller(
    "Deliveries",
    html`<table class="two-line">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Event</th>
          <th scope="col">State</th>
          <th scope="col" class="wide">Last attempt</th>
          <th scope="col" class="n wide">Tries</th>
          <th scope="col" class="wide"><span class="sr">What can be done</span></th>
        </tr>
      </thead>
      <tbody>
        ${page.map((delivery) => deliveryRow(input, delivery))}
      </tbody>
    </table>`,
  )}
  ${pager({ offset, limit: perPage, length: page.length, total: all.length }, link, "deliveries")}`;
}

/** Where events go, and what became of them. */
export const webhooksView: View = (input) => {
  const endpoints = input.world.store.webhookEndpoints.all();
  return html`${pageHead("Webhooks", "Signed and retried as Finch does it: at once, after 5 s, 5 min, 30 min and 2 h of this sandbox’s clock.")}
    <section>
      ${sectionHead("Endpoints")}
      <div data-live="endpoints">
        ${
          endpoints.length === 0
            ? html`<p class="nothing">No endpoint is registered, so nobody is told what happens.</p>`
            : html`<ul class="lines">
                ${endpoints.map((endpoint) => endpointRow(input, endpoint))}
              </ul>`
        }
      </div>
      <details class="add" ${endpoints.length === 0 ? "open" : ""}>
        <summary class="button">Register an endpoint</summary>
        ${registerForm()}
      </details>
    </section>
    <section>
      ${sectionHead("Deliveries", "the newest first")}
      <div data-live="deliveries">${deliveries(input)}</div>
    </section>`;
};
