import { companiesOf, selectable } from "@/sandbox/connect/companies";
import { checkClient, checkLogin, checkToken, type LoginResult } from "@/sandbox/connect/credentials";
import { findProvider, type Provider } from "@/sandbox/providers";
import type { AuthMethod, Connection, ConnectProgress, ConnectSession } from "@/sandbox/records";

/** What a form of the Connect page sent. */
export type Form = URLSearchParams;

/** The next state, and whether the login is complete. */
export interface Move {
  progress: ConnectProgress;
  done: boolean;
}

/** A session with the connection that it repairs, if it is there for one. */
interface Place {
  session: ConnectSession;
  connection: Connection | null;
}

/** Where every session starts. */
export const emptyProgress = (): ConnectProgress => ({
  step: "consent",
  providerId: null,
  authMethod: null,
  username: null,
  accountSelection: false,
  people: 20,
  error: null,
});

/** Refused logins after which other ways in are shown (Finch: Configure Auth Methods). */
export const patience = 3;

/** Where logins keep failing, some providers let a new administrator stand in ("Authentication Fallback"). */
const fallsBack = ({ progress }: ConnectSession, provider: Provider): boolean =>
  provider.fallback === true && (progress.fallback === true || (progress.refusals ?? 0) >= patience);

/** The ways into a provider that a session may use. */
export function methodsOf(session: ConnectSession, provider: Provider): AuthMethod[] {
  const { authentication_methods: methods } = provider;
  const named = methods.find((method) => method === session.authMethod);
  const automated = methods.filter((method) => method !== "assisted");
  const open = named ? [named] : session.manual || automated.length === 0 ? methods : automated;
  return fallsBack(session, provider) && !open.includes("assisted") ? [...open, "assisted"] : open;
}

const stay = (progress: ConnectProgress, error: string | null = null): Move => ({
  progress: { ...progress, error, notice: null },
  done: false,
});
const go = (progress: ConnectProgress, change: Partial<ConnectProgress>): Move => ({
  progress: { ...progress, error: null, notice: null, ...change },
  done: false,
});
const finish = (progress: ConnectProgress): Move => ({
  progress: { ...progress, error: null, notice: null },
  done: true,
});

/** To the provider that the session names, or to the list. */
function afterConsent(session: ConnectSession): Move {
  const provider = session.providerId ? findProvider(session.providerId) : null;
  return provider ? chooseProvider(session, provider) : go(session.progress, { step: "providers" });
}

function chooseProvider(session: ConnectSession, provider: Provider): Move {
  const authMethod = methodsOf(session, provider)[0] ?? "credential";
  const fresh = { username: null, refusals: 0, fallback: false };
  return go(session.progress, { step: "authenticate", providerId: provider.id, authMethod, ...fresh });
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
  if (result.kind !== "success") {
    const refused = { ...progress, refusals: (progress.refusals ?? 0) + 1 };
    return stay(refused, result.kind === "wrong" ? wrong : result.kind);
  }
  const next = { ...progress, accountSelection: result.accountSelection, people: result.people };
  if (result.mfa) return go(next, { step: "mfa" });
  return result.accountSelection ? go(next, { step: "accounts" }) : finish(next);
}

/** No user name is longer, and what is typed here is kept and compared. */
const maxUsername = 255;

function authenticate(session: ConnectSession, form: Form): Move {
  const username = form.get("username")?.trim().slice(0, maxUsername) || null;
  const progress = { ...session.progress, username };
  const password = form.get("password") ?? "";
  switch (progress.authMethod) {
    case "oauth":
      // Finch's sandbox skips the provider's page; a provider's own sandbox has one.
      if (session.connectionType === "finch" && form.get("way") !== "page")
        return finish(atProvider(progress));
      return go(progress, { step: "oauth" });
    case "api_token": {
      const client = findProvider(progress.providerId ?? "")?.api_fields === "client";
      const token = (form.get("token") ?? "").trim();
      if (client ? !progress.username || password === "" : token === "")
        return stay(progress, "missing_token");
      return afterLogin(
        progress,
        client ? checkClient(progress.username ?? "", password) : checkToken(token),
        "wrong_token",
      );
    }
    case "assisted":
      if (!/^\S+@\S+\.\S+$/.test(progress.username ?? "")) return stay(progress, "missing_email");
      return form.get("added") === "yes" ? finish(progress) : stay(progress, "not_added");
    default:
      if (hasClientId(progress)) return giveClientId(progress);
      if (!progress.username || password === "") return stay(progress, "missing_login");
      return afterLogin(progress, checkLogin(progress.username, password), "wrong_login");
  }
}

const digitsOf = (progress: ConnectProgress) => findProvider(progress.providerId ?? "")?.clientIdDigits;
const hasClientId = (progress: ConnectProgress) => digitsOf(progress) !== undefined;

/** A number in place of a login: the provider itself asks the employer later (Finch: Provider Setup). */
function giveClientId(progress: ConnectProgress): Move {
  const isNumber = new RegExp(`^\\d{${digitsOf(progress)}}$`).test(progress.username ?? "");
  return isNumber ? finish(progress) : stay(progress, "wrong_client_id");
}

const atProvider = (progress: ConnectProgress): ConnectProgress => ({ ...progress, username: "oauth-admin" });

function chooseMethod(session: ConnectSession, form: Form): Move {
  const { progress } = session;
  const provider = findProvider(progress.providerId ?? "");
  const method = provider && methodsOf(session, provider).find((known) => known === form.get("method"));
  if (!provider || !method) return stay(progress);
  const plain = { ...session, progress: { ...progress, refusals: 0, fallback: false } };
  const fallback = !methodsOf(plain, provider).includes(method);
  return go(progress, { step: "authenticate", authMethod: method, username: null, refusals: 0, fallback });
}

function verify(progress: ConnectProgress, form: Form): Move {
  if (form.get("way") === "resend") return go(progress, { notice: "code_sent" });
  const code = (form.get("code") ?? "").replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(code)) return stay(progress, "wrong_code");
  return progress.accountSelection ? go(progress, { step: "accounts" }) : finish(progress);
}

function chooseCompanies({ session, connection }: Place, form: Form): Move {
  const { progress } = session;
  const open = selectable(companiesOf(session, connection));
  const wanted = new Set(form.getAll("account"));
  const companies = open.filter((place) => wanted.has(String(place)));
  const nothing = companies.length === 0 && connection === null;
  return nothing ? stay(progress, "no_account") : finish({ ...progress, companies });
}

/** What a session does with a form of its current step; forms of other steps change nothing. */
export function advance(place: Place, action: string, form: Form): Move {
  const { session } = place;
  const { progress } = session;
  if (action === "back") return back(session);
  switch (`${progress.step} ${action}`) {
    case "consent consent":
      return afterConsent(session);
    case "providers provider": {
      const provider = findProvider(form.get("provider") ?? "");
      return provider ? chooseProvider(session, provider) : stay(progress, "no_provider");
    }
    case "authenticate method":
      return chooseMethod(session, form);
    case "authenticate authenticate":
      return session.preview ? stay(progress, "preview") : authenticate(session, form);
    case "oauth oauth":
      if (form.get("decision") !== "allow") return go(progress, { step: "authenticate", error: "denied" });
      return finish(atProvider(progress));
    case "mfa mfa":
      return verify(progress, form);
    case "accounts accounts":
      return chooseCompanies(place, form);
    default:
      return stay(progress);
  }
}
