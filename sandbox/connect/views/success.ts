import { html, raw } from "hono/html";
import type { Html } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { redirectTarget } from "@/sandbox/connect/visit";

const check = raw(
  '<svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"><circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" stroke-width="2"/><path class="tick" d="M15 24.5l6.5 6.5L34 18" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
);

/** What Finch's people do now, and how long it takes (Finch: Integration Types). */
function assistedSteps(name: string, clientName: string): Html {
  return html`<ol class="next">
    <li class="done"><strong>You added Finch in ${name}.</strong> <span>That was your part.</span></li>
    <li>
      <strong>Finch’s people sign in.</strong> <span>They write to you if the access does not suffice.</span>
    </li>
    <li>
      <strong>They fetch the data.</strong> <span>One week for deductions, two for people and payroll.</span>
    </li>
    <li>
      <strong>${clientName} sees it.</strong> <span>From then on it is refreshed every seven days.</span>
    </li>
  </ol>`;
}

function leaveButton({ visit, session, clientName }: StepContext): Html {
  return visit.flow === "embedded"
    ? html`<button class="button primary wide" type="button" data-finish>Done</button>`
    : html`<a
        class="button primary wide"
        href="${redirectTarget(session, visit, { code: session.code ?? "" })}"
        data-finish
        >Return to ${clientName}</a
      >`;
}

/**
 * The end: the code goes back to the application by the button, and by itself after a moment where there is
 * nothing left to read.
 */
export function successView(context: StepContext) {
  const { session, provider, clientName } = context;
  const name = provider?.display_name ?? "Your provider";
  const companies = session.progress.companies?.length ?? 0;
  const data = companies > 1 ? `the data of ${companies} companies` : "the data";
  if (session.progress.authMethod === "assisted") {
    const title = `${name} is being set up`;
    return {
      title,
      body: html`<div class="end">
        <h1 tabindex="-1" data-focus>${title}</h1>
        <p class="lead">This is what happens next:</p>
        ${assistedSteps(name, clientName)} ${leaveButton(context)}
      </div>`,
    };
  }
  const title = `${name} is connected`;
  return {
    title,
    body: html`<div class="end">
      <span class="check-mark">${check}</span>
      <h1 tabindex="-1" data-focus>${title}</h1>
      <p class="lead">${clientName} can now read ${data} that you agreed to share.</p>
      ${leaveButton(context)}
      <p class="help" role="status" data-returns>Returning to ${clientName}…</p>
    </div>`,
  };
}
