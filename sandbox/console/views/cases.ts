import { html } from "hono/html";
import { cases } from "@/sandbox/cases/catalog";
import type { Case } from "@/sandbox/cases/case";
import { caseSeed } from "@/sandbox/cases/load";
import { counted } from "@/sandbox/console/format";
import {
  action,
  address,
  copyable,
  empty,
  pageHead,
  scroller,
  shortId,
  type Html,
} from "@/sandbox/console/parts";
import type { View, ViewInput } from "@/sandbox/console/view";
import { viewCase } from "@/sandbox/control/cases";

function place({ world }: ViewInput, row: ReturnType<typeof viewCase>): Html {
  const connection = world.store.connections.get(row.connection_id ?? "");
  if (!connection) return html`<span class="none nowrap">not loaded</span>`;
  const link = address({ view: "connection", id: connection.id, q: row.individual_id });
  const payment = row.payment_id
    ? html`<small
        >payment ${copyable(row.payment_id, `payment of case ${row.number}`, shortId(row.payment_id))}</small
      >`
    : "";
  return html`<a href="${link}">${connection.legalName}</a> ${payment}`;
}

function caseRow(input: ViewInput, one: Case): Html {
  const row = viewCase(input.world, one);
  const can = row.trigger && row.connection_id;
  return html`<tr>
    <td class="n">${row.number}</td>
    <th scope="row">${row.title}</th>
    <td>${place(input, row)}</td>
    <td class="acts">
      ${
        can
          ? action(
              "Let it happen",
              `/_sandbox/cases/${row.number}/trigger`,
              {},
              {
                class: "small",
                name: `Let it happen: case ${row.number}`,
                done: `Case ${row.number} has happened, and was synced.`,
              },
            )
          : row.trigger
            ? html`<span class="none nowrap">an event</span>`
            : ""
      }
    </td>
  </tr>`;
}

function matching(search: string): Case[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return cases.filter(({ number, title }) => {
    const text = `${number} ${title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The situations in which payroll software goes wrong, and the way to each. */
export const casesView: View = (input) => {
  const { world, params } = input;
  const search = (params.get("q") ?? "").trim();
  const found = matching(search);
  const isLoaded = world.store.seed === caseSeed;
  const load = html`<button class="button primary" type="button" data-opens="load-cases">
    Load the cases…
  </button>`;
  return html`${pageHead(
      "Cases",
      isLoaded
        ? "Situations in which payroll software goes wrong, each ready to be read. Those that are events wait for the button."
        : html`Situations in which payroll software goes wrong. They are in the seed <code>${caseSeed}</code>;
            the seed now is <code>${world.store.seed}</code>.`,
      isLoaded ? "" : load,
    )}
    <form class="filters" method="get" action="/" role="search" data-get>
      <input type="hidden" name="view" value="cases" />
      <label class="sr" for="q">Search cases</label>
      <input class="input" id="q" name="q" type="search" value="${search}" placeholder="Search cases" />
      <p class="push" data-live="found">${counted(found.length, "case")}</p>
    </form>
    <div data-live="cases">
      ${
        found.length === 0
          ? empty(
              search === "" ? "No case is known" : `Nothing fits “${search}”`,
              html`<a href="${address({ view: "cases" })}">Show all</a>`,
            )
          : scroller(
              "Cases",
              html`<table>
                <thead>
                  <tr>
                    <th scope="col" class="n">Nr.</th>
                    <th scope="col">What it is</th>
                    <th scope="col">Where</th>
                    <th scope="col"><span class="sr">What can be done</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${found.map((one) => caseRow(input, one))}
                </tbody>
              </table>`,
            )
      }
    </div>
    <dialog id="load-cases" aria-labelledby="load-title">
      <form class="stack" data-post="/_sandbox/reset" data-done="The cases are loaded." data-closes-after>
        <h2 id="load-title">Load the cases?</h2>
        <p>
          The sandbox starts again with the seed <code>${caseSeed}</code>. Everything that is in it now is
          forgotten, and applications that use it lose their tokens.
        </p>
        <input type="hidden" name="seed" value="${caseSeed}" />
        <p class="alert" role="alert" hidden></p>
        <div class="actions">
          <button class="button" type="button" data-closes>Keep what is there</button>
          <button class="button danger">Load</button>
        </div>
      </form>
    </dialog>`;
};
