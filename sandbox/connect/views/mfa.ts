import { html } from "hono/html";
import { alertBox, formAction } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import { errorText, noticeText } from "@/sandbox/connect/views/texts";

/** The second factor of the provider: any six digits. */
export function mfaView({ visit, session, provider }: StepContext) {
  const name = provider?.display_name ?? "Your provider";
  const { error } = session.progress;
  const notice = noticeText(session.progress.notice);
  return {
    title: "Verification code",
    body: html`<h1 tabindex="-1">Verification code</h1>
      <p class="lead">${name} sent a code of six digits to the phone of this login.</p>
      ${alertBox(errorText(error, name))} ${notice ? html`<p class="notice" role="status">${notice}</p>` : ""}
      <form method="post" action="${formAction(visit, "mfa")}" novalidate class="stack" data-busy="Checking…">
        <div class="field">
          <label for="code">Code</label>
          <input
            id="code"
            name="code"
            class="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="7"
            aria-describedby="code-help${error ? " problem" : ""}"
            aria-invalid="${error ? "true" : "false"}"
            required
            data-focus
          />
          <p class="help" id="code-help">In this emulator any six digits will do.</p>
        </div>
        <button class="button primary wide">Verify</button>
      </form>
      <form method="post" action="${formAction(visit, "mfa")}" class="other">
        <button class="link" name="way" value="resend">Send a new code</button>
      </form>`,
  };
}
