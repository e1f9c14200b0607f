import { html } from "hono/html";
import { standingAccounts } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import { count, counted, when } from "@/sandbox/console/format";
import { address, empty, pageHead, pager, scroller, shortId, type Html } from "@/sandbox/console/parts";
import { connectionChip, nextSync } from "@/sandbox/console/status";
import { numberOf, type View, type ViewInput } from "@/sandbox/console/view";
import { newCompanyDialog } from "@/sandbox/console/views/new-company";
import { openEntities } from "@/sandbox/entities";
import { logo } from "@/sandbox/pages/logo";
import { People } from "@/sandbox/people";
import { findProvider } from "@/sandbox/providers";
import type { Connection } from "@/sandbox/records";

const perPage = 50;

/** How many people a connection has, over all of its companies. */
export const peopleOf = (world: World, connection: Connection): number =>
  openEntities(connection).reduce(
    (sum, entity) => sum + new People(world, connection, entity, "working").count,
    0,
  );

export const providerName = (connection: Connection): string =>
  findProvider(connection.providerId)?.display_name ?? connection.providerId;

function row({ world, now }: ViewInput, connection: Connection): Html {
  const name = providerName(connection);
  const next = nextSync(world, connection);
  return html`<tr>
    <th scope="row">
      <span class="who">
        ${logo(connection.providerId, name, "small")}
        <span>
          <a class="row-link" href="${address({ view: "connection", id: connection.id })}"
            >${connection.legalName}</a
          >
          <small>${name}${connection.customerId ? `, customer ${connection.customerId}` : ""}</small>
        </span>
      </span>
    </th>
    <td>${connectionChip(world, connection)}</td>
    <td class="n">${count(peopleOf(world, connection))}</td>
    <td class="n wide">${openEntities(connection).length}</td>
    <td class="n wide">${standingAccounts(world, connection.id).length}</td>
    <td class="wide">${when(connection.lastSyncedAt, now)}</td>
    <td class="wide">${when(next, now, "none planned")}</td>
    <td class="wide"><code title="${connection.id}">${shortId(connection.id)}</code></td>
  </tr>`;
}

function matches(connection: Connection, search: string): boolean {
  const text = [
    connection.legalName,
    providerName(connection),
    connection.id,
    connection.companyId,
    connection.customerId ?? "",
  ]
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function table(input: ViewInput, rows: readonly Connection[]): Html {
  return scroller(
    "Connections",
    html`<table class="two-line">
      <thead>
        <tr>
          <th scope="col">Employer</th>
          <th scope="col">Status</th>
          <th scope="col" class="n">People</th>
          <th scope="col" class="n wide">Entities</th>
          <th scope="col" class="n wide">Logins</th>
          <th scope="col" class="wide">Last sync</th>
          <th scope="col" class="wide">Next sync</th>
          <th scope="col" class="wide">Connection</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((connection) => row(input, connection))}
      </tbody>
    </table>`,
  );
}

function list(input: ViewInput, found: readonly Connection[], search: string): Html {
  const offset = numberOf(input.params, "offset");
  const page = found.slice(offset, offset + perPage);
  const link = (to: number) => address({ view: "connections", q: search, offset: to || null });
  return html`${table(input, page)}
  ${pager({ offset, limit: perPage, length: page.length, total: found.length }, link, "connections")}`;
}

/** The way through the Connect page from here and back: the address without a session. */
function connectAddress({ world, origin }: ViewInput): string {
  const query = new URLSearchParams({
    client_id: world.settings.clients[0]?.id ?? "",
    products: "company directory individual employment payment pay_statement benefits documents",
    redirect_uri: `${origin}/?view=connections`,
    manual: "true",
  });
  return `/authorize?${query.toString()}`;
}

/** All connections, the newest first. */
export const connectionsView: View = (input) => {
  const { world, params } = input;
  const search = (params.get("q") ?? "").trim();
  const all = world.store.connections.all().reverse();
  const found = search === "" ? all : all.filter((connection) => matches(connection, search));
  const through = html`<a class="button primary" href="${connectAddress(input)}" data-leaves
    >Open Connect</a
  >`;
  const create = html`<button class="button" type="button" data-opens="new-company">New company…</button>`;
  return html`${pageHead(
      "Connections",
      html`Employers that are connected with this sandbox. All of their data is made up from the seed
        <code>${world.store.seed}</code>.`,
      html`${create} ${through}`,
    )}
    ${
      all.length > 0
        ? html`<form class="filters" method="get" action="/" role="search" data-get>
            <input type="hidden" name="view" value="connections" />
            <label class="sr" for="q">Search connections</label>
            <input
              class="input"
              id="q"
              name="q"
              type="search"
              value="${search}"
              placeholder="Search connections"
            />
            <p class="push" data-live="found">
              ${search === "" ? counted(all.length, "connection") : `${count(found.length)} of ${count(all.length)}`}
            </p>
          </form>`
        : ""
    }
    <div data-live="list">
      ${
        all.length === 0
          ? empty(
              "Nobody is connected yet",
              "Connect a company as an employer would, make one at once, or let your application do it.",
              html`<p class="empty-acts">
                <a class="button" href="${address({ view: "start" })}">How to connect your code</a>
              </p>`,
            )
          : found.length === 0
            ? empty(
                `Nothing fits “${search}”`,
                html`<a href="${address({ view: "connections" })}">Show all</a>`,
              )
            : list(input, found, search)
      }
    </div>
    ${newCompanyDialog()}`;
};
