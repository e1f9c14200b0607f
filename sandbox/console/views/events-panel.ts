import { html } from "hono/html";
import { standingAccounts } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import { action, sectionHead, type Html } from "@/sandbox/console/parts";
import { worstStatus } from "@/sandbox/console/status";
import type { Connection } from "@/sandbox/records";

const dayMs = 86_400_000;

function group(title: string, buttons: (Html | string)[]): Html {
  return html`<div class="event-group">
    <h3>${title}</h3>
    <div class="event-buttons">${buttons}</div>
  </div>`;
}

/** What commonly happens at an employer, its provider, or with time. */
export function eventsPanel(world: World, connection: Connection): Html {
  const post = `/_sandbox/connections/${connection.id}/events`;
  const happen = (label: string, body: object) => action(label, post, body);
  const status = worstStatus(world, connection);
  const waits = standingAccounts(world, connection.id).some(
    (account) => account.status !== "connected" && account.status !== "reauth",
  );
  const broken = status !== "connected" && status !== "pending" && status !== "processing";
  const clock = (label: string, ms: number) =>
    action(label, "/_sandbox/clock", { advance_ms: ms }, { method: "PUT" });
  return html`<section aria-labelledby="happens">
    ${sectionHead("Let something happen")}
    <div class="events" data-live="events">
      ${group("Employer", [
        happen("Employee hired", { event: "employee_hired" }),
        happen("Raise", { event: "raise" }),
        happen("Termination", { event: "termination" }),
        happen("Payroll run", { event: "payroll_run" }),
      ])}
      ${group("Connection", [
        waits ? happen("Assisted setup finishes", { event: "setup_finished" }) : "",
        broken ? happen("Works again", { event: "mended" }) : "",
        happen("Breaks: reauthenticate", { event: "breaks", status: "reauth" }),
        happen("Breaks: permissions", { event: "breaks", status: "error_permissions" }),
        happen("Breaks: no account", { event: "breaks", status: "error_no_account_setup" }),
      ])}
      ${group("Time", [happen("Sync now", { event: "sync" }), clock("+1 day", dayMs), clock("+1 week", 7 * dayMs)])}
    </div>
    <p class="help">
      What happens at the employer is synced at once, so that <code>/employer/*</code> shows it and webhooks
      are sent.
    </p>
  </section>`;
}

/** A token for whoever did not keep theirs. */
export function tokenPanel(connection: Connection): Html {
  return html`<section>
    ${sectionHead("Call it")}
    <form
      class="stack"
      data-post="/_sandbox/connections/${connection.id}/tokens"
      data-shows="access_token:Access token"
      data-curl="/employer/directory?limit=5"
    >
      <p class="help">A further access token of this connection. It is shown once and not kept.</p>
      <button class="button small">New access token</button>
      <p class="alert" role="alert" hidden></p>
      <div class="shown" role="status"></div>
    </form>
  </section>`;
}
