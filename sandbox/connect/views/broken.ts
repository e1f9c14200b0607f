import { html } from "hono/html";
import type { Html } from "@/sandbox/connect/views/layout";
import type { StepContext } from "@/sandbox/connect/views/step";
import type { Account, Connection, ConnectionStatus } from "@/sandbox/records";

const day = (iso: string) =>
  new Date(iso).toLocaleDateString("en-US", {
    month: "long",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });

/** What broke, and what mends it, by the status that the connection has. */
const causes: Record<ConnectionStatus, (provider: string) => { what: string; remedy: string }> = {
  reauth: (provider) => ({
    what: `${provider} no longer accepts the saved sign-in.`,
    remedy: "Sign in once more. Everything else stays as it was.",
  }),
  error_permissions: (provider) => ({
    what: `The login at ${provider} may no longer see everything that was agreed.`,
    remedy: "Sign in as an administrator who may see the full directory and the full payroll.",
  }),
  error_no_account_setup: (provider) => ({
    what: `Finch was never added as an administrator in ${provider}.`,
    remedy: "Add the administrator as described next, and Finch’s people take over.",
  }),
  pending: (provider) => ({
    what: `Finch still waits for access to ${provider}.`,
    remedy: "Go through the steps again if something was left out.",
  }),
  processing: (provider) => ({
    what: `Finch is fetching data of ${provider} for the first time.`,
    remedy: "There is nothing to mend. A new login takes the place of the one in use.",
  }),
  connected: (provider) => ({
    what: `The connection with ${provider} works.`,
    remedy: "A new login takes the place of the one in use.",
  }),
};

const healthy = (account: Account) => account.status === "connected" || account.status === "processing";

/** What is wrong with the connection that is repaired, since when, and what mends it. */
export function brokenBox(
  { world, provider, clientName, session }: StepContext,
  connection: Connection,
): Html {
  const accounts = world.store.accounts.group(connection.id);
  const account = accounts.findLast((row) => !healthy(row)) ?? accounts.at(-1);
  const name = provider?.display_name ?? "the provider";
  const { what, remedy } = causes[account?.status ?? "reauth"](name);
  const company = session.customerName ?? connection.legalName;
  const synced = connection.lastSyncedAt;
  const mood = account && healthy(account) ? "calm" : "trouble";
  return html`<div class="broken-box ${mood}">
    <p class="broken-what">${what}</p>
    <p>${remedy}</p>
    <p class="broken-since">
      ${
        synced
          ? `${clientName} has data of ${company} up to ${day(synced)}.`
          : `${clientName} has no data of ${company} yet.`
      }
    </p>
  </div>`;
}

/** The companies of a connection with several. */
export function companiesLine(connection: Connection): Html | string {
  const open = connection.entities.filter((entity) => entity.status !== "disconnected");
  if (open.length < 2) return "";
  return html`<p class="help">
    Covers ${open.length} companies: ${open.map((entity) => entity.name ?? "unnamed").join(", ")}.
  </p>`;
}
