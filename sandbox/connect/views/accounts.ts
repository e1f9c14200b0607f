import { html } from "hono/html";
import { companiesOf, type ReachedCompany } from "@/sandbox/connect/companies";
import { alertBox, formAction } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { errorText } from "@/sandbox/connect/views/texts";

const people = (count: number) => (count === 1 ? "1 person" : `${count.toLocaleString("en-US")} people`);

function choice(company: ReachedCompany, place: number) {
  return html`<label class="choice ${company.connected ? "fixed" : ""}">
    <input
      type="checkbox"
      name="account"
      value="${place}"
      ${company.connected ? "checked disabled" : ""}
      aria-describedby="size-${place}"
    />
    <span class="choice-text">
      <span class="choice-name">${company.name}</span>
      <span class="choice-note" id="size-${place}"
        >${people(company.people)}${company.connected ? ", connected already" : ""}</span
      >
    </span>
  </label>`;
}

/** Which of the companies that the login reaches; several become entities of one connection. */
export function accountsView({ visit, session, provider, connection, clientName }: StepContext) {
  const name = provider?.display_name ?? "your provider";
  const title = connection ? "Add companies" : "Choose a company";
  const companies = companiesOf(session, connection);
  return {
    title,
    body: html`<h1 tabindex="-1" data-focus>${title}</h1>
      <p class="lead" id="which">
        ${
          connection
            ? `This login reaches several companies at ${name}. Those that are connected stay; tick what else ${clientName} may read.`
            : `This login reaches several companies at ${name}. Tick the one that ${clientName} may read, or several.`
        }
      </p>
      ${alertBox(errorText(session.progress.error, name))}
      <form method="post" action="${formAction(visit, "accounts")}" class="stack" data-busy="Connecting…">
        <fieldset aria-describedby="${session.progress.error ? "problem" : "which"}">
          <legend>Companies at ${name}</legend>
          ${companies.map(choice)}
        </fieldset>
        <button class="button primary wide">Continue</button>
      </form>`,
  };
}
