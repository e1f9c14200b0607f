import { html } from "hono/html";
import { count, counted } from "@/sandbox/console/format";
import {
  action,
  address,
  chip,
  empty,
  pager,
  scroller,
  sectionHead,
  type Html,
  type Tone,
} from "@/sandbox/console/parts";
import { findPeople } from "@/sandbox/console/people-search";
import { numberOf, type ViewInput } from "@/sandbox/console/view";
import type { Connection, Entity } from "@/sandbox/records";
import type { Person } from "@/sandbox/seed/types";

const perPage = 25;

const tones: Partial<Record<string, Tone>> = {
  active: "healthy",
  terminated: "neutral",
  deceased: "neutral",
  retired: "neutral",
  leave: "attention",
  onboarding: "waiting",
  prehire: "waiting",
};

const nameOf = (person: Person): string =>
  [person.first_name, person.last_name].filter(Boolean).join(" ") || "No name";

function income({ income: paid }: Person): Html {
  if (!paid || paid.amount === null) return html`<span class="none">none</span>`;
  const currency = (paid.currency ?? "usd").toUpperCase();
  const amount = (paid.amount / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  return html`${amount} <small>${currency} ${paid.unit ?? ""}</small>`;
}

/** Whether a sync has to come before `/employer/*` shows what was written. */
function isUnsynced({ world }: ViewInput, connection: Connection, person: Person): boolean {
  const overlay = world.store.overlays.get(`${connection.id}/${person.id}`);
  return overlay !== undefined && JSON.stringify(overlay.working) !== JSON.stringify(overlay.published);
}

function row(input: ViewInput, connection: Connection, entity: Entity, person: Person): Html {
  const post = `/_sandbox/connections/${connection.id}/events`;
  const name = nameOf(person);
  const to = { individual_id: person.id, entity_id: entity.id };
  const status = person.employment_status ?? "unknown";
  const isOpen = connection.disconnectedAt === null && status !== "terminated";
  return html`<tr>
    <th scope="row">
      ${name} ${isUnsynced(input, connection, person) ? html`<span class="tag">not synced</span>` : ""}
      <small
        >${person.title ?? "No title"}${person.department?.name ? `, ${person.department.name}` : ""}</small
      >
    </th>
    <td>${chip(tones[status] ?? "neutral", status)}</td>
    <td class="wide">${person.employment?.type ?? "unknown"}</td>
    <td class="wide nowrap">${person.start_date ?? html`<span class="none">none</span>`}</td>
    <td class="n">${income(person)}</td>
    <td class="wide acts">
      ${isOpen ? action("Raise", post, { event: "raise", ...to }, { class: "small ghost", name: `Raise ${name}` }) : ""}
      ${isOpen ? action("Terminate", post, { event: "termination", ...to }, { class: "small ghost", name: `Terminate ${name}` }) : ""}
    </td>
  </tr>`;
}

function table(input: ViewInput, connection: Connection, entity: Entity, people: readonly Person[]): Html {
  return scroller(
    "People",
    html`<table class="two-line">
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Status</th>
          <th scope="col" class="wide">Type</th>
          <th scope="col" class="wide">Start</th>
          <th scope="col" class="n">Income</th>
          <th scope="col" class="wide"><span class="sr">What can happen</span></th>
        </tr>
      </thead>
      <tbody>
        ${people.map((person) => row(input, connection, entity, person))}
      </tbody>
    </table>`,
  );
}

function filters(connection: Connection, entities: readonly Entity[], entity: Entity, search: string): Html {
  return html`<form class="filters" method="get" action="/" role="search" data-get>
    <input type="hidden" name="view" value="connection" />
    <input type="hidden" name="id" value="${connection.id}" />
    <label class="sr" for="q">Search people</label>
    <input class="input" id="q" name="q" type="search" value="${search}" placeholder="Search people" />
    ${
      entities.length > 1
        ? html`<label class="sr" for="entity">Entity</label>
            <select class="input" id="entity" name="entity">
              ${entities.map(
                ({ id, name }) =>
                  html`<option value="${id}" ${id === entity.id ? "selected" : ""}>${name ?? id}</option>`,
              )}
            </select>`
        : ""
    }
  </form>`;
}

/** The people of one entity as they are at the provider, searchable, a page at a time. */
export async function peopleTable(
  input: ViewInput,
  connection: Connection,
  entities: readonly Entity[],
): Promise<Html> {
  const { world, params } = input;
  const entity =
    entities.find((row) => row.id === params.get("entity")) ?? entities[0] ?? connection.entities[0];
  if (!entity) return html``;
  const search = (params.get("q") ?? "").trim();
  const offset = numberOf(params, "offset");
  const found = await findPeople(world, connection, entity, { search, offset, limit: perPage });
  const place = { view: "connection", id: connection.id, entity: params.get("entity") };
  const link = (to: number) => address({ ...place, q: search, offset: to || null });
  const shown = { offset, limit: perPage, length: found.page.length, total: found.total };
  return html`<section>
    ${sectionHead(
      "People",
      html`<span data-live="people-count"
        >${search === "" ? counted(found.total, "person", "people") : `${count(found.total)} found`}, as they
        are at the provider</span
      >`,
    )}
    ${filters(connection, entities, entity, search)}
    <div data-live="people">
      ${
        found.total === 0
          ? empty(`Nobody fits “${search}”`, html`<a href="${address(place)}">Show everybody</a>`)
          : html`${table(input, connection, entity, found.page)} ${pager(shown, link, "people")}`
      }
    </div>
  </section>`;
}
