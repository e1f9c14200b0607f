import { html } from "hono/html";
import { clockTime, count, counted, readable } from "@/sandbox/console/format";
import { address, empty, pageHead, pager, scroller, type Html } from "@/sandbox/console/parts";
import { statusOfAnswer } from "@/sandbox/console/status";
import { numberOf, type View, type ViewInput } from "@/sandbox/console/view";
import type { LoggedRequest } from "@/sandbox/request-log";

const perPage = 100;

const kinds: [id: string, label: string, test: (status: number) => boolean][] = [
  ["", "All answers", () => true],
  ["ok", "Successful", (status) => status < 400 && status !== 202],
  ["pending", "202, no data yet", (status) => status === 202],
  ["refused", "4xx", (status) => status >= 400 && status < 500],
  ["failed", "5xx", (status) => status >= 500],
];

function employer({ world }: ViewInput, request: LoggedRequest): Html | string {
  const connection = request.connection_id ? world.store.connections.get(request.connection_id) : undefined;
  if (!connection) return html`<span class="none">none</span>`;
  return html`<a href="${address({ view: "connection", id: connection.id })}">${connection.legalName}</a>`;
}

function row(input: ViewInput, request: LoggedRequest, isOfOne: boolean): Html {
  return html`<tr>
    <td><time datetime="${request.at}" title="${request.at}">${clockTime(request.at)}</time></td>
    <th scope="row">
      <a class="row-link" href="${address({ view: "request", seq: request.seq })}"
        ><code
          >${request.method} ${request.path}<span class="query">${readable(request.query)}</span></code
        ></a
      >
    </th>
    <td>${statusOfAnswer(request.status)}</td>
    <td class="n wide">${count(request.duration_ms)} ms</td>
    ${isOfOne ? "" : html`<td class="wide">${employer(input, request)}</td>`}
  </tr>`;
}

/** Requests, the newest first. */
export function requestTable(
  input: ViewInput,
  rows: readonly LoggedRequest[],
  { of }: { of: "all" | "connection" } = { of: "all" },
): Html {
  const isOfOne = of === "connection";
  return scroller(
    "Requests",
    html`<table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Request</th>
          <th scope="col">Answer</th>
          <th scope="col" class="n wide">Took</th>
          ${isOfOne ? "" : html`<th scope="col" class="wide">Employer</th>`}
        </tr>
      </thead>
      <tbody>
        ${rows.map((request) => row(input, request, isOfOne))}
      </tbody>
    </table>`,
  );
}

function filtered(rows: LoggedRequest[], params: URLSearchParams): LoggedRequest[] {
  const search = (params.get("q") ?? "").trim().toLowerCase();
  const connection = params.get("connection");
  const test = kinds.find(([id]) => id === params.get("answer"))?.[2] ?? (() => true);
  return rows.filter(
    (request) =>
      test(request.status ?? 500) &&
      (!connection || request.connection_id === connection) &&
      `${request.method} ${request.path}${request.query} ${request.finch_request_id}`
        .toLowerCase()
        .includes(search),
  );
}

function filters({ world, params }: ViewInput): Html {
  const connection = world.store.connections.get(params.get("connection") ?? "");
  return html`<form class="filters" method="get" action="/" role="search" data-get>
    <input type="hidden" name="view" value="requests" />
    <label class="sr" for="q">Search requests</label>
    <input
      class="input"
      id="q"
      name="q"
      type="search"
      value="${params.get("q") ?? ""}"
      placeholder="Path, method or request id"
    />
    <label class="sr" for="answer">Answers</label>
    <select class="input" id="answer" name="answer">
      ${kinds.map(
        ([id, label]) =>
          html`<option value="${id}" ${id === (params.get("answer") ?? "") ? "selected" : ""}>
            ${label}
          </option>`,
      )}
    </select>
    ${
      connection
        ? html`<label class="check"
            ><input type="checkbox" name="connection" value="${connection.id}" checked /> Only
            ${connection.legalName}</label
          >`
        : ""
    }
  </form>`;
}

/** The last requests to Finch's operations. */
export const requestsView: View = (input) => {
  const { desk, params } = input;
  const all = desk.log.after(0).reverse();
  const found = filtered(all, params);
  const offset = numberOf(params, "offset");
  const page = found.slice(offset, offset + perPage);
  const { q, answer, connection } = Object.fromEntries(params);
  const link = (to: number) => address({ view: "requests", q, answer, connection, offset: to || null });
  return html`${pageHead(
      "Requests",
      "The last 5,000 requests to Finch’s operations; the last 100 with bodies. Secrets are cut out before anything is kept.",
      html`<button
        class="button"
        type="button"
        data-post="/_sandbox/requests"
        data-method="DELETE"
        data-done="The list is empty now."
      >
        Clear
      </button>`,
    )}
    ${filters(input)}
    <div data-live="requests">
      ${
        all.length === 0
          ? empty(
              "No request yet",
              "What your application asks Finch shows up here as it happens.",
              html`<p class="empty-acts">
                <a class="button" href="${address({ view: "start" })}">How to connect your code</a>
              </p>`,
            )
          : found.length === 0
            ? empty(
                "Nothing fits",
                html`<a href="${address({ view: "requests" })}"
                  >Show all ${counted(all.length, "request")}</a
                >`,
              )
            : html`${requestTable(input, page)}
              ${pager({ offset, limit: perPage, length: page.length, total: found.length }, link, "requests")}`
      }
    </div>`;
};
