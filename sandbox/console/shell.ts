import { html, raw } from "hono/html";
import { navigation } from "@/sandbox/console/views";
import { address, type Html } from "@/sandbox/console/parts";
import { readAsset, tokens } from "@/sandbox/pages/assets";
import { icon } from "@/sandbox/pages/icons";

const css =
  tokens +
  ["frame", "parts", "forms", "views"].map((name) => readAsset(`console/assets/${name}.css`)).join("");
const script = readAsset("console/assets/live.client.js") + readAsset("console/assets/acts.client.js");

const skeleton = html`<div class="skeleton" aria-hidden="true">
  <i class="wide"></i><i></i><i></i><i></i><i></i><i></i>
</div>`;

/** The page without what it shows: that needs a header, and so the script. */
export function renderShell(current: string, nonce: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 13.5h12' stroke='%23d86d16' stroke-width='2'/%3E%3Cpath d='M4 12c0-5 3-8 7-8l2.500 1L11 6c1 4-2 6-5 6z' fill='%23035a67'/%3E%3C/svg%3E"
        />
        <title>Finch sandbox</title>
        <style nonce="${nonce}">
          ${raw(css)}
        </style>
      </head>
      <body>
        <a class="skip" href="#view">Skip to content</a>
        <header class="top">
          <button class="icon-button menu" type="button" aria-expanded="false" aria-controls="nav" data-menu>
            ${icon("menu")}<span class="sr">Menu</span>
          </button>
          <p class="brand">
            ${icon("flask")} <a href="/">Finch sandbox</a> <span class="badge">Emulator</span>
          </p>
          <div id="bar" class="bar"></div>
          <button class="button small live" type="button" aria-pressed="false" data-pause>
            ${icon("pause", 14)} <span>Pause updates</span>
          </button>
        </header>
        <nav id="nav" aria-label="Sandbox">
          <ul>
            ${navigation.map(
              (row) =>
                html`<li>
                  <a
                    href="${address({ view: row.view })}"
                    data-view="${row.view} ${row.covers ?? ""}"
                    aria-current="${row.view === current || row.covers === current ? "page" : "false"}"
                    >${icon(row.icon)} ${row.title}</a
                  >
                </li>`,
            )}
          </ul>
        </nav>
        <main id="view" tabindex="-1" aria-busy="true">
          <noscript>
            <h1>This page needs its script</h1>
            <p>
              What it shows is only given to requests with the header <code>X-Sandbox-Control: 1</code>, which
              no other site can send. Without scripts, ask in a terminal:
              <code>curl -H 'X-Sandbox-Control: 1' …/_sandbox/connections</code>
            </p>
          </noscript>
          ${skeleton}
        </main>
        <div class="toasts" role="status" aria-live="polite"></div>
        <template id="refused">
          <div class="empty">
            <h1 tabindex="-1">This sandbox is not yours to control from here</h1>
            <p data-reason></p>
            <form class="inline-form" data-key>
              <div class="field">
                <label for="key">Control key</label>
                <input class="input" id="key" name="key" type="password" autocomplete="off" required />
                <p class="help">
                  The one that the sandbox was started with. It is kept until this tab is closed.
                </p>
              </div>
              <button class="button primary">Use it</button>
            </form>
          </div>
        </template>
        <template id="silent">
          <div class="empty">
            <h1 tabindex="-1">The sandbox does not answer</h1>
            <p>It was stopped, or is starting. This page tries again by itself.</p>
          </div>
        </template>
        <script nonce="${nonce}">
          (() => {
            "use strict";
            ${raw(script)};
          })();
        </script>
      </body>
    </html>`;
}
