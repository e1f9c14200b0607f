import { html } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { companiesOf } from "@/sandbox/connect/flow";
import { alertBox, formAction } from "@/sandbox/connect/views/layout";
import { errorText } from "@/sandbox/connect/views/texts";

/** Which of the companies that the login reaches. */
export function accountsView({ visit, session, provider }: StepContext) {
  const name = provider?.display_name ?? "your provider";
  const title = "Choose a company";
  return {
    title,
    body: html`<h1 tabindex="-1" data-focus>${title}</h1>
      <p class="lead">This login reaches several companies at ${name}. Connect one of them.</p>
      ${alertBox(errorText(session.progress.error, name))}
      <form method="post" action="${formAction(visit, "accounts")}" class="stack">
        <fieldset>
          <legend>Company</legend>
          ${companiesOf(session).map(
            (company, index) =>
              html`<label class="choice"
                ><input type="radio" name="account" value="${index}" /> ${company}</label
              >`,
          )}
        </fieldset>
        <button class="button primary wide">Continue</button>
      </form>`,
  };
}
