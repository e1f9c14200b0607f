import { html, raw } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { redirectTarget } from "@/sandbox/connect/visit";

const check = raw(
  '<svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"><circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" stroke-width="2"/><path d="M15 24.5l6.5 6.5L34 18" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
);

/** The end: the code goes back to the application, by itself after a moment or at once by the button. */
export function successView({ visit, session, provider, clientName }: StepContext) {
  const name = provider?.display_name ?? "Your provider";
  const assisted = session.progress.authMethod === "assisted";
  const title = assisted ? `${name} is being set up` : `${name} is connected`;
  const text = assisted
    ? "Finch's people now wait for access and set up the connection. This can take up to two weeks."
    : `${clientName} can now read the data that you agreed to share.`;
  return {
    title,
    body: html`<div class="end">
      <span class="check-mark">${check}</span>
      <h1 tabindex="-1" data-focus>${title}</h1>
      <p class="lead">${text}</p>
      ${
        visit.flow === "embedded"
          ? html`<button class="button primary wide" type="button" data-finish>Done</button>`
          : html`<a
              class="button primary wide"
              href="${redirectTarget(session, visit, { code: session.code ?? "" })}"
              data-finish
              >Return to ${clientName}</a
            >`
      }
      <p class="help" role="status">Returning to ${clientName}…</p>
    </div>`,
  };
}
