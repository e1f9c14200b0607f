import { html } from "hono/html";
import { standingAccounts } from "@/sandbox/accounts";
import { absolute, count, counted, when } from "@/sandbox/console/format";
import {
  address,
  chip,
  copyable,
  empty,
  pageHead,
  sectionHead,
  shortId,
  type Html,
} from "@/sandbox/console/parts";
import { connectionChip, nextSync, statusChip } from "@/sandbox/console/status";
import type { View, ViewInput } from "@/sandbox/console/view";
import { peopleOf, providerName } from "@/sandbox/console/views/connections";
import { eventsPanel, tokenPanel } from "@/sandbox/console/views/events-panel";
import { payrollTable } from "@/sandbox/console/views/payroll";
import { peopleTable } from "@/sandbox/console/views/people";
import { requestTable } from "@/sandbox/console/views/requests";
import { companyIdOf, openEntities } from "@/sandbox/entities";
import { logo } from "@/sandbox/pages/logo";
import type { Account, AuthMethod, Connection, Entity } from "@/sandbox/records";
import { settle } from "@/sandbox/syncs";

const shownRequests = 8;

const fact = (term: string, value: Html | string) =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;

function facts({ world, now }: ViewInput, connection: Connection): Html {
  const next = nextSync(world, connection);
  return html`<dl class="facts" data-live="facts">
    ${fact("Status", connectionChip(world, connection))} ${fact("Provider", `${providerName(connection)}`)}
    ${fact("People", count(peopleOf(world, connection)))}
    ${fact("Last sync", when(connection.lastSyncedAt, now))}
    ${fact("Next sync", when(next, now, "none planned"))}
    ${fact("Connected since", when(connection.createdAt, now))}
    ${
      connection.disconnectedAt === null
        ? fact("Access tokens", count(world.store.tokens.group(connection.id).length))
        : fact("Disconnected", when(connection.disconnectedAt, now))
    }
    ${fact("Customer id", connection.customerId ? copyable(connection.customerId, "customer id") : "none")}
    ${fact("Connection id", copyable(connection.id, "connection id", shortId(connection.id)))}
    ${fact("Company id", copyable(connection.companyId, "company id", shortId(connection.companyId)))}
  </dl>`;
}

const loginNames: Record<AuthMethod, string> = {
  credential: "User name and password",
  oauth: "Provider’s own page",
  api_token: "API token",
  assisted: "Administrator for Finch’s people",
};

function loginRow({ now }: ViewInput, account: Account): Html {
  return html`<li>
    <strong class="grow">${loginNames[account.authenticationType]}</strong>
    ${statusChip(account.status)}
    <small>since ${when(account.statusAt ?? account.createdAt, now)}</small>
    <small class="whole">${account.products.join(", ")}</small>
  </li>`;
}

function entityRow(connection: Connection, entity: Entity): Html {
  return html`<li>
    <span class="grow">
      <strong>${entity.name ?? "Without a name"}</strong>
      <small>${counted(entity.size ?? connection.employeeSize, "person", "people")}</small>
    </span>
    ${entity.status === "disconnected" ? chip("neutral", "Disconnected") : ""}
    ${copyable(entity.id, `entity id of ${entity.name ?? "the company"}`, shortId(entity.id))}
    ${copyable(companyIdOf(connection, entity), "company id", shortId(companyIdOf(connection, entity)))}
  </li>`;
}

function logins(input: ViewInput, connection: Connection): Html {
  const accounts = standingAccounts(input.world, connection.id);
  return html`<section>
    ${sectionHead("Logins")}
    <ul class="lines" data-live="logins">
      ${accounts.map((account) => loginRow(input, account))}
    </ul>
  </section>`;
}

function entities(connection: Connection): Html | string {
  if (connection.entities.length < 2) return "";
  return html`<section>
    ${sectionHead("Entities", `one call for each`)}
    <ul class="lines">
      ${connection.entities.map((entity) => entityRow(connection, entity))}
    </ul>
  </section>`;
}

function recent(input: ViewInput, connection: Connection): Html {
  const rows = input.desk.log
    .after(0)
    .filter((row) => row.connection_id === connection.id)
    .slice(-shownRequests)
    .reverse();
  return html`<section>
    ${sectionHead(
      "Last requests",
      "",
      html`<a href="${address({ view: "requests", connection: connection.id })}">All of this connection</a>`,
    )}
    <div data-live="requests">
      ${
        rows.length === 0
          ? html`<p class="nothing">No request about this connection is kept.</p>`
          : requestTable(input, rows, { of: "connection" })
      }
    </div>
  </section>`;
}

const unknown = (id: string) =>
  html`${pageHead("No such connection", html`Nothing is known of <code>${id}</code>.`)}
  ${empty("It may have gone with a reset", html`<a href="${address({ view: "connections" })}">All connections</a>`)}`;

/** One connection: what it is, what can happen to it, and its people. */
export const connectionView: View = async (input) => {
  const { world, params } = input;
  const id = params.get("id") ?? "";
  settle(world, id);
  const connection = world.store.connections.get(id);
  if (!connection) return unknown(id);
  const isOpen = connection.disconnectedAt === null;
  const name = providerName(connection);
  const chosen = connection.entities.find((row) => row.id === params.get("entity"));
  const entity = chosen ?? openEntities(connection)[0] ?? connection.entities[0];
  const sub = isOpen
    ? html`${name}, connected on ${absolute(Date.parse(connection.createdAt))} UTC`
    : html`${name}, disconnected. What is here can be read, and nothing can happen any more.`;
  return html`<p class="crumb"><a href="${address({ view: "connections" })}">Connections</a></p>
    <div class="title-row">${logo(connection.providerId, name)} ${pageHead(connection.legalName, sub)}</div>
    <div class="split">
      <div>
        ${isOpen ? eventsPanel(world, connection) : ""}
        ${await peopleTable(input, connection, openEntities(connection))}
        ${entity ? payrollTable(input, connection, entity) : ""} ${recent(input, connection)}
      </div>
      <aside aria-label="About the connection">
        ${facts(input, connection)} ${logins(input, connection)} ${entities(connection)}
        ${isOpen ? tokenPanel(connection) : ""}
      </aside>
    </div>`;
};
