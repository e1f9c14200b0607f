import { html } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { formAction } from "@/sandbox/connect/views/layout";
import { initialsOf, toneOf } from "@/sandbox/connect/views/texts";

/** The provider's own page, which asks whether Finch may come in. It needs no login here. */
export function oauthView({ visit, provider, session }: StepContext) {
  if (!provider) throw new Error("no provider is chosen");
  const name = provider.display_name;
  const company = session.customerName ?? "your company";
  return {
    title: `Sign in at ${name}`,
    body: html`<div class="provider-page ${toneOf(provider.id)}">
        <span class="logo large ${toneOf(provider.id)}" aria-hidden="true">${initialsOf(name)}</span>
        <p>${name} (emulated)</p>
      </div>
      <h1 tabindex="-1" data-focus>Allow Finch to see ${company}?</h1>
      <p class="lead">
        You are signed in at ${name} as an administrator. Finch asks to read directory and payroll.
      </p>
      <form method="post" action="${formAction(visit, "oauth")}" class="stack">
        <button class="button primary wide" name="decision" value="allow">Allow access</button>
        <button class="button wide" name="decision" value="deny">Cancel</button>
      </form>`,
  };
}
