import { checkClient, checkLogin, checkToken, type LoginResult } from "@/sandbox/connect/credentials";
import { findProvider, type Provider } from "@/sandbox/providers";
import type { AuthMethod, ConnectProgress, ConnectSession } from "@/sandbox/records";

/** What a form of the Connect page sent. */
export type Form = Record<string, string>;

/** The next state, and whether the login is complete. */
export interface Move {
  progress: ConnectProgress;
  done: boolean;
}

/** Where every session starts. */
export const emptyProgress = (): ConnectProgress => ({
  step: "consent",
  providerId: null,
  authMethod: null,
  username: null,
  accountSelection: false,
  people: 20,
  legalName: null,
  error: null,
});

/** The ways into a provider that a session may use. */
export function methodsOf(session: ConnectSession, provider: Provider): AuthMethod[] {
  const { authentication_methods: methods } = provider;
  if (session.authMethod && methods.includes(session.authMethod)) return [session.authMethod];
  const open = session.manual ? methods : methods.filter((method) => method !== "assisted");
  return open.length > 0 ? open : methods;
}

/** The companies that a login reaches, where it reaches several. */
export function companiesOf(session: ConnectSession): string[] {
  const name = session.customerName ?? "Northgate Studio, Inc.";
  return [name, `${name} (Canada)`, `${name.replace(/,? (inc|llc|corp)\.?$/i, "")} Holdings LLC`];
}

const stay = (progress: ConnectProgress, error: string | null = null): Move => ({
  progress: { ...progress, error },
  done: false,
});
const go = (progress: ConnectProgress, change: Partial<ConnectProgress>): Move =>
  stay({ ...progress, ...change }, change.error ?? null);
const finish = (progress: ConnectProgress): Move => ({ progress: { ...progress, error: null }, done: true });

/** To the provider that the session names, or to the list. */
function afterConsent(session: ConnectSession): Move {
  const provider = session.providerId ? findProvider(session.providerId) : null;
  return provider ? chooseProvider(session, provider) : go(session.progress, { step: "providers" });
}

function chooseProvider(session: ConnectSession, provider: Provider): Move {
  const authMethod = methodsOf(session, provider)[0] ?? "credential";
  return go(session.progress, { step: "authenticate", providerId: provider.id, authMethod, username: null });
}

/** One step back; from the first step there is none. */
function back(session: ConnectSession): Move {
  const { progress } = session;
  const first = session.providerId ? "consent" : "providers";
  if (progress.step === "providers") return go(progress, { step: "consent" });
  if (progress.step === "authenticate") return go(progress, { step: first });
  if (progress.step === "consent" || progress.step === "success") return stay(progress);
  return go(progress, { step: "authenticate" });
}

function afterLogin(progress: ConnectProgress, result: LoginResult, wrong: string): Move {
  if (result.kind === "wrong") return stay(progress, wrong);
  if (result.kind !== "success") return stay(progress, result.kind);
  const next = { ...progress, accountSelection: result.accountSelection, people: result.people };
  if (result.mfa) return go(next, { step: "mfa" });
  return result.accountSelection ? go(next, { step: "accounts" }) : finish(next);
}

function authenticate(session: ConnectSession, form: Form): Move {
  const progress = { ...session.progress, username: form["username"]?.trim() || null };
  const password = form["password"] ?? "";
  switch (progress.authMethod) {
    case "oauth":
      return go(progress, { step: "oauth" });
    case "api_token": {
      const client = findProvider(progress.providerId ?? "")?.api_fields === "client";
      if (client) return afterLogin(progress, checkClient(progress.username ?? "", password), "wrong_token");
      return afterLogin(progress, checkToken((form["token"] ?? "").trim()), "wrong_token");
    }
    case "assisted":
      if (!progress.username) return stay(progress, "missing_email");
      return form["added"] === "yes" ? finish(progress) : stay(progress, "not_added");
    default:
      if (!progress.username || password === "") return stay(progress, "missing_login");
      return afterLogin(progress, checkLogin(progress.username, password), "wrong_login");
  }
}

function chooseMethod(session: ConnectSession, form: Form): Move {
  const { progress } = session;
  const provider = findProvider(progress.providerId ?? "");
  const method = provider && methodsOf(session, provider).find((candidate) => candidate === form["method"]);
  return method ? go(progress, { step: "authenticate", authMethod: method, username: null }) : stay(progress);
}

/** What a session does with a form of its current step; forms of other steps change nothing. */
export function advance(session: ConnectSession, action: string, form: Form): Move {
  const { progress } = session;
  if (action === "back") return back(session);
  switch (`${progress.step} ${action}`) {
    case "consent consent":
      return afterConsent(session);
    case "providers provider": {
      const provider = findProvider(form["provider"] ?? "");
      return provider ? chooseProvider(session, provider) : stay(progress, "no_provider");
    }
    case "authenticate method":
      return chooseMethod(session, form);
    case "authenticate authenticate":
      return authenticate(session, form);
    case "oauth oauth":
      if (form["decision"] !== "allow") return go(progress, { step: "authenticate", error: "denied" });
      return finish({ ...progress, username: "oauth-admin" });
    case "mfa mfa": {
      const code = (form["code"] ?? "").replace(/[\s-]/g, "");
      if (!/^\d{6}$/.test(code)) return stay(progress, "wrong_code");
      return progress.accountSelection ? go(progress, { step: "accounts" }) : finish(progress);
    }
    case "accounts accounts": {
      const legalName = companiesOf(session)[Number(form["account"] ?? "-1")];
      return legalName ? finish({ ...progress, legalName }) : stay(progress, "no_account");
    }
    default:
      return stay(progress);
  }
}
