import { html, raw } from "hono/html";
import { readFileSync } from "node:fs";
import type { Visit } from "@/sandbox/connect/visit";

type Html = ReturnType<typeof html>;

const read = (name: string) => readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8");
const css = read("connect.css");
const script = read("connect.client.js");

/** A message to the page that frames this one (react-connect: createMessageHandler). */
export type Outgoing =
  | { kind: "success"; code: string; state?: string }
  | { kind: "closed" }
  | { kind: "error"; error: { shouldClose: boolean; message: string; type: "validation_error" } };

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
}

/** The address of a form. */
export const formAction = (visit: Visit, action: string) => `/authorize/${action}?${visit.query}`;

const cross = raw(
  '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg>',
);
const arrow = raw(
  '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M10 3L5 8l5 5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>',
);

function topBar(frame: Frame): Html {
  const { visit } = frame;
  return html`<header class="top">
    ${
      frame.canGoBack
        ? html`<form method="post" action="${formAction(visit, "back")}">
            <button class="icon" aria-label="Back">${arrow}</button>
          </form>`
        : html`<span class="icon-space"></span>`
    }
    <p class="brand">Finch Connect</p>
    ${
      frame.closable
        ? html`<button class="icon" type="button" data-opens="leave" aria-label="Close">${cross}</button>`
        : html`<span class="icon-space"></span>`
    }
  </header>`;
}

function leaveDialog(visit: Visit): Html {
  return html`<dialog id="leave" aria-labelledby="leave-title">
    <h2 id="leave-title">Leave without connecting?</h2>
    <p>Nothing is connected yet. You can come back and start again at any time.</p>
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
        <title>${frame.title} · Finch Connect (emulator)</title>
        <style nonce="${frame.nonce}">
          ${raw(css)}
        </style>
      </head>
      <body class="${visit.flow}" data-host="${visit.hostOrigin ?? ""}" data-message="${message}">
        <main class="card" aria-label="Finch Connect">
          <p class="emulator"><strong>Emulator:</strong> never type real credentials</p>
          ${topBar(frame)}
          <div class="content">${frame.body}</div>
        </main>
        ${frame.closable ? leaveDialog(visit) : ""}
        <script nonce="${frame.nonce}">
          ${raw(script)};
        </script>
      </body>
    </html>`;
}

/** What went wrong and what to do, above a form. */
export function alertBox(text: { title: string; body: string } | null): Html | string {
  if (!text) return "";
  return html`<div class="alert" role="alert" tabindex="-1" data-focus>
    <p class="alert-title">${text.title}</p>
    <p>${text.body}</p>
  </div>`;
}

export type { Html };
