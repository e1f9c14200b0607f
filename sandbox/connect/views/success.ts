import { html, raw } from "hono/html";
import type { Html } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { redirectTarget } from "@/sandbox/connect/visit";

const check = raw(
  '<svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"><circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" stroke-width="2"/><path class="tick" d="M15 24.5l6.5 6.5L34 18" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
);

const steps = (...rows: [title: string, text: string][]): Html =>
  html`<ol class="next">
    ${rows.map(
      ([title, text], place) =>
        html`<li class="${place === 0 ? "done" : ""}"><strong>${title}</strong> <span>${text}</span></li>`,
    )}
  </ol>`;

/** What others do now, and how long it takes (Finch: Integration Types; Configure Auth Methods; Provider Setup). */
function nextSteps({ session, provider, clientName }: StepContext): Html | null {
  const name = provider?.display_name ?? "the provider";
  const { authMethod, fallback } = session.progress;
  if (fallback) {
    return steps(
      [`You added Finch in ${name}.`, "That was your part."],
      ["Finch accepts the invitation.", "Until then nothing can be read."],
      [
        `${clientName} sees the data.`,
        "From then on it is refreshed every day, without a password of yours.",
      ],
    );
  }
  if (authMethod === "assisted") {
    return steps(
      [`You added Finch in ${name}.`, "That was your part."],
      ["Finch’s people sign in.", "They write to you if the access does not suffice."],
      ["They fetch the data.", "One week for deductions, two for people and payroll."],
      [`${clientName} sees it.`, "From then on it is refreshed every seven days."],
    );
  }
  if (authMethod === "credential" && provider?.clientIdDigits) {
    return steps(
      ["You gave your client ID.", "That was the first part."],
      [`${name} asks you to confirm.`, "Within a week, by its own ways."],
      [`${clientName} sees the data.`, "As soon as you have confirmed."],
    );
  }
  return null;
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
  const waiting = nextSteps(context);
  if (waiting) {
    const title = `${name} is being set up`;
    return {
      title,
      body: html`<div class="end">
        <h1 tabindex="-1" data-focus>${title}</h1>
        <p class="lead">This is what happens next:</p>
        ${waiting} ${leaveButton(context)}
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
