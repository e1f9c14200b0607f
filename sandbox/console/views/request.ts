import { html } from "hono/html";
import { absolute, count, pretty, readable } from "@/sandbox/console/format";
import {
  address,
  codeBlock,
  copyable,
  empty,
  pageHead,
  sectionHead,
  type Html,
} from "@/sandbox/console/parts";
import { statusOfAnswer } from "@/sandbox/console/status";
import { numberOf, type View, type ViewInput } from "@/sandbox/console/view";
import type { LoggedRequest } from "@/sandbox/request-log";

const fact = (term: string, value: Html | string) =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;

function facts({ world }: ViewInput, request: LoggedRequest): Html {
  const connection = world.store.connections.get(request.connection_id ?? "");
  return html`<dl class="facts">
    ${fact("Answer", statusOfAnswer(request.status))}
    ${fact("When", `${absolute(Date.parse(request.at))} UTC`)}
    ${fact("Took", `${count(request.duration_ms)} ms`)}
    ${fact("Finch-Request-Id", copyable(request.finch_request_id, "request id"))}
    ${
      connection
        ? fact(
            "Connection",
            html`<a href="${address({ view: "connection", id: connection.id })}">${connection.legalName}</a>`,
          )
        : ""
    }
    ${request.client_id ? fact("Client id", copyable(request.client_id, "client id")) : ""}
  </dl>`;
}

function body(title: string, text: string | undefined): Html {
  const content =
    text === undefined
      ? html`<p class="nothing">Only the last 100 requests are kept with bodies.</p>`
      : text === ""
        ? html`<p class="nothing">Nothing was sent.</p>`
        : codeBlock(pretty(text), title);
  return html`<section>${sectionHead(title)} ${content}</section>`;
}

/** A text as one word of a shell: other sites can ask this port for paths, and people paste the command. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The same request for a terminal; what was cut out has to be filled in. */
function curlOf(origin: string, request: LoggedRequest, text: string | undefined): string {
  const lines = [`curl -X ${request.method} ${quoted(`${origin}${request.path}${request.query}`)}`];
  const { authorization } = request.headers;
  if (authorization?.startsWith("Bearer")) lines.push(`-H "Authorization: Bearer $ACCESS_TOKEN"`);
  else if (authorization) lines.push(`-u "$CLIENT_ID:$CLIENT_SECRET"`);
  if (text) lines.push("-H 'Content-Type: application/json'", `-d ${quoted(text)}`);
  return lines.join(" \\\n  ");
}

/** One request with what was said. */
export const requestView: View = (input) => {
  const seq = numberOf(input.params, "seq");
  const request = input.desk.log.find(seq);
  const crumb = html`<p class="crumb"><a href="${address({ view: "requests" })}">Requests</a></p>`;
  if (!request) {
    return html`${crumb} ${pageHead("No such request", "The last 5,000 are kept, until the sandbox stops.")}
    ${empty("It is not kept any more", html`<a href="${address({ view: "requests" })}">All requests</a>`)}`;
  }
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const { log } = input.desk;
  const neighbour = (label: string, to: number) =>
    log.find(to)
      ? html`<a class="button small" href="${address({ view: "request", seq: to })}">${label}</a>`
      : "";
  return html`${crumb}
    ${pageHead(
      `${request.method} ${request.path}`,
      request.query
        ? html`<code>${readable(request.query)}</code>`
        : request.operation
          ? "Without parameters"
          : "Finch has no such operation",
      html`${neighbour("Older", seq - 1)} ${neighbour("Newer", seq + 1)}`,
    )}
    <div class="split">
      <div>${body("Request body", request.request_body)} ${body("Answer", request.response_body)}</div>
      <aside aria-label="About the request">
        ${facts(input, request)}
        <section>
          ${sectionHead("Request headers")} ${codeBlock(headers.join("\n"), "Request headers")}
        </section>
        <section>
          ${sectionHead("Ask again")}
          ${codeBlock(curlOf(input.origin, request, request.request_body), "curl command")}
        </section>
      </aside>
    </div>`;
};
