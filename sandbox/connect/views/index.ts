import { html } from "hono/html";
import { accountsView } from "@/sandbox/connect/views/accounts";
import { authenticateView } from "@/sandbox/connect/views/authenticate";
import { consentView } from "@/sandbox/connect/views/consent";
import { layout, type Frame, type Html, type Outgoing } from "@/sandbox/connect/views/layout";
import { mfaView } from "@/sandbox/connect/views/mfa";
import { oauthView } from "@/sandbox/connect/views/oauth";
import { providersView } from "@/sandbox/connect/views/providers";
import type { Step, StepContext, StepInput } from "@/sandbox/connect/views/step";
import { successView } from "@/sandbox/connect/views/success";
import { errorText } from "@/sandbox/connect/views/texts";
import type { Problem, Visit } from "@/sandbox/connect/visit";
import { findProvider } from "@/sandbox/providers";
import type { ConnectProgress, ConnectSession } from "@/sandbox/records";

const views: Record<ConnectProgress["step"], (context: StepContext) => Step> = {
  consent: consentView,
  providers: providersView,
  authenticate: authenticateView,
  oauth: oauthView,
  mfa: mfaView,
  accounts: accountsView,
  success: successView,
};

/** How far along a session is: consent, provider (unless it is given), sign-in. */
function wayOf(session: ConnectSession): NonNullable<Frame["way"]> {
  const chooses = session.providerId === null;
  const of = chooses ? 3 : 2;
  const { step } = session.progress;
  if (step === "consent") return { step: 1, of };
  return { step: step === "providers" ? 2 : of, of };
}

/** What the framing page is told of a step: how it ended, or what the employer was told is wrong. */
function outgoing(visit: Visit, session: ConnectSession, name: string): Outgoing | null {
  if (visit.flow !== "embedded") return null;
  const { step, error } = session.progress;
  if (step === "success") return successMessage(visit, session);
  const text = errorText(error, name);
  if (!text) return null;
  const told = { shouldClose: false, message: text.title, type: "employer_connection_error" } as const;
  return { kind: "error", error: told };
}

/** The page of the session's current step. */
export function renderStep(input: StepInput): Html {
  const { world, visit, session, nonce } = input;
  const { step, providerId } = session.progress;
  const client = world.settings.clients.find((row) => row.id === session.clientId);
  const provider = findProvider(providerId ?? session.providerId ?? "");
  const context: StepContext = { ...input, clientName: client?.name ?? "This application", provider };
  const { title, body } = views[step](context);
  const finished = step === "success";
  const message = outgoing(visit, session, provider?.display_name ?? "The provider");
  return layout({
    title,
    visit,
    nonce,
    body,
    closable: !finished,
    canGoBack: !finished && step !== "consent",
    ...(finished ? {} : { way: wayOf(session) }),
    ...(message ? { outgoing: message } : {}),
  });
}

function successMessage(visit: Visit, session: ConnectSession): Outgoing {
  const code = session.code ?? "";
  return visit.state === null ? { kind: "success", code } : { kind: "success", code, state: visit.state };
}

/** The page where a session cannot go on; the framing page is told at once. */
export function renderProblem(input: { visit: Visit; problem: Problem; nonce: string }): Html {
  const { visit, problem, nonce } = input;
  const error = {
    shouldClose: true,
    message: `${problem.title}: ${problem.detail}`,
    type: "validation_error",
  } as const;
  return layout({
    title: problem.title,
    visit,
    nonce,
    closable: false,
    ...(visit.flow === "embedded" ? { outgoing: { kind: "error", error } } : {}),
    body: html`<div class="end">
      <h1 tabindex="-1" data-focus>${problem.title}</h1>
      <p class="lead">${problem.text}</p>
      <p class="detail">For developers: ${problem.detail}.</p>
    </div>`,
  });
}

/** What is left when an embedded session was closed; the framing page is told at once. */
export function renderClosed(input: { visit: Visit; nonce: string }): Html {
  return layout({
    title: "Closed",
    visit: input.visit,
    nonce: input.nonce,
    closable: false,
    outgoing: { kind: "closed" },
    body: html`<div class="end">
      <h1 tabindex="-1" data-focus>Closed</h1>
      <p class="lead">Nothing was connected. You can close this window.</p>
    </div>`,
  });
}
