import { html } from "hono/html";
import type { StepContext } from "@/sandbox/connect/views/step";
import { alertBox, formAction } from "@/sandbox/connect/views/layout";
import { errorText } from "@/sandbox/connect/views/texts";

/** The second factor of the provider: any six digits. */
export function mfaView({ visit, session, provider }: StepContext) {
  const name = provider?.display_name ?? "Your provider";
  const { error } = session.progress;
  const invalid = error ? "true" : "false";
  return {
    title: "Verification code",
    body: html`<h1 tabindex="-1" data-focus>Verification code</h1>
      <p class="lead">${name} sent a code of six digits to the phone of this login.</p>
      ${alertBox(errorText(error, name))}
      <form method="post" action="${formAction(visit, "mfa")}" novalidate class="stack">
        <div class="field">
          <label for="code">Code</label>
          <input
            id="code"
            name="code"
            class="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="7"
            aria-describedby="code-help"
            aria-invalid="${invalid}"
            required
          />
          <p class="help" id="code-help">In this emulator any six digits will do.</p>
        </div>
        <button class="button primary wide">Verify</button>
      </form>`,
  };
}
