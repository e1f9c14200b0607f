import { html, raw } from "hono/html";
import type { Visit } from "@/sandbox/connect/visit";
import { readAsset, tokens } from "@/sandbox/pages/assets";
import { icon } from "@/sandbox/pages/icons";

type Html = ReturnType<typeof html>;

const css =
  tokens +
  ["frame", "controls", "lists", "steps"].map((name) => readAsset(`connect/assets/${name}.css`)).join("");
const script =
  readAsset("connect/assets/provider-search.client.js").replaceAll("export function", "function") +
  readAsset("connect/assets/connect.client.js");

/** A message to the page that frames this one (react-connect: createMessageHandler). */
export type Outgoing =
  | { kind: "success"; code: string; state?: string }
  | { kind: "closed" }
  | {
      kind: "error";
      error: {
        shouldClose: boolean;
        message: string;
        type: "validation_error" | "employer_connection_error";
      };
    };

export interface Frame {
  title: string;
  visit: Visit;
  nonce: string;
  body: Html;
  /** Sent as soon as the page is shown, or when its button is pressed. */
  outgoing?: Outgoing;
  /** Whether there is something to leave. */
  closable: boolean;
  /** Stands at the top left: the way back. */
  canGoBack?: boolean;
  /** How far the way is, and how much of it is done. */
  way?: { step: number; of: number };
}

/** The address of a form. */
export const formAction = (visit: Visit, action: string) => `/authorize/${action}?${visit.query}`;

function topBar(frame: Frame): Html {
  const { visit, way } = frame;
  return html`<header class="top">
      ${
        frame.canGoBack
          ? html`<form method="post" action="${formAction(visit, "back")}">
              <button class="icon" aria-label="Back">${icon("arrow")}</button>
            </form>`
          : html`<span class="icon-space"></span>`
      }
      <p class="brand">
        Finch Connect${way ? html`<span class="sr">, step ${way.step} of ${way.of}</span>` : ""}
      </p>
      ${
        frame.closable
          ? html`<button class="icon" type="button" data-opens="leave" aria-label="Close">
              ${icon("cross")}
            </button>`
          : html`<span class="icon-space"></span>`
      }
    </header>
    <div class="way" aria-hidden="true">
      ${
        way
          ? Array.from(
              { length: way.of },
              (_, place) => html`<i class="${place < way.step ? "done" : ""}"></i>`,
            )
          : ""
      }
    </div>`;
}

function leaveDialog(visit: Visit): Html {
  return html`<dialog id="leave" aria-labelledby="leave-title" aria-describedby="leave-text">
    <h2 id="leave-title">Leave without connecting?</h2>
    <p id="leave-text">Nothing has changed yet. You can come back and start again at any time.</p>
    <form method="post" action="${formAction(visit, "close")}" class="actions">
      <button class="button" type="button" data-closes="leave">Stay</button>
      <button class="button danger">Leave</button>
    </form>
  </dialog>`;
}

/** A whole page. */
export function layout(frame: Frame): Html {
  const { visit } = frame;
  const message = frame.outgoing ? JSON.stringify({ name: "finch-auth-message-v2", ...frame.outgoing }) : "";
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${frame.title} · Finch Connect (emulator)</title>
        <style nonce="${frame.nonce}">
          ${raw(css)}
        </style>
      </head>
      <body class="${visit.flow}" data-host="${visit.hostOrigin ?? ""}" data-message="${message}">
        <main class="card" aria-label="Finch Connect">
          <p class="emulator"><strong>Emulator:</strong> never type real credentials</p>
          ${topBar(frame)}
          <div class="content" data-scrolls>${frame.body}</div>
        </main>
        ${frame.closable ? leaveDialog(visit) : ""}
        <script nonce="${frame.nonce}">
          (() => {
            "use strict";
            ${raw(script)};
          })();
        </script>
      </body>
    </html>`;
}

/** What went wrong and what to do, above a form. */
export function alertBox(text: { title: string; body: string } | null): Html | string {
  if (!text) return "";
  return html`<div class="alert" role="alert" tabindex="-1" data-focus id="problem">
    <p class="alert-title">${text.title}</p>
    <p>${text.body}</p>
  </div>`;
}

export type { Html };
