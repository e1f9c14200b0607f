import { html } from "hono/html";
import { absolute, count, pretty, when } from "@/sandbox/console/format";
import {
  action,
  address,
  codeBlock,
  copyable,
  empty,
  pageHead,
  sectionHead,
  type Html,
} from "@/sandbox/console/parts";
import type { View } from "@/sandbox/console/view";
import { lastAnswer, stateChip } from "@/sandbox/console/views/webhooks";
import type { Attempt } from "@/sandbox/webhooks/records";

const fact = (term: string, value: Html | string) =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;

const attempt = (row: Attempt) =>
  html`<li>
    <span class="grow"
      ><strong>${row.status === null ? (row.error ?? "no answer") : `answered ${row.status}`}</strong></span
    >
    <small>${absolute(Date.parse(row.at))} UTC, ${count(row.durationMs)} ms</small>
  </li>`;

/** One event on its way to one endpoint. */
export const deliveryView: View = ({ world, params, now }) => {
  const delivery = world.store.deliveries.get(params.get("id") ?? "");
  const crumb = html`<p class="crumb"><a href="${address({ view: "webhooks" })}">Webhooks</a></p>`;
  if (!delivery) {
    return html`${crumb} ${pageHead("No such delivery", "The last 1,000 that came to an end are kept.")}
    ${empty("It is not kept any more", html`<a href="${address({ view: "webhooks" })}">All webhooks</a>`)}`;
  }
  const connection = world.store.connections.get(delivery.connectionId ?? "");
  const endpoint = world.store.webhookEndpoints.get(delivery.endpointId);
  return html`${crumb}
    ${pageHead(
      delivery.eventType,
      html`To <code>${endpoint?.url ?? "an endpoint that is gone"}</code>, ${lastAnswer(delivery)}`,
      endpoint ? action("Send again", `/_sandbox/webhooks/deliveries/${delivery.id}/resend`, {}) : "",
    )}
    <div class="split">
      <section>${sectionHead("Body")} ${codeBlock(pretty(delivery.body), "Body of the event")}</section>
      <aside aria-label="About the delivery">
        <dl class="facts" data-live="facts">
          ${fact("State", stateChip(delivery))}
          ${delivery.nextAt ? fact("Next attempt", when(delivery.nextAt, now)) : ""}
          ${fact("Finch-Event-Id", copyable(delivery.eventId, "event id"))}
          ${fact("Happened", when(delivery.createdAt, now))}
          ${
            connection
              ? fact(
                  "Connection",
                  html`<a href="${address({ view: "connection", id: connection.id })}"
                    >${connection.legalName}</a
                  >`,
                )
              : ""
          }
        </dl>
        <section>
          ${sectionHead("Attempts")}
          <ul class="lines" data-live="attempts">
            ${delivery.attempts.length === 0 ? html`<li>Not tried yet</li>` : delivery.attempts.map(attempt)}
          </ul>
        </section>
      </aside>
    </div>`;
};
