import { sameText } from "@/sandbox/secrets";

/** What a login leads to. */
export type LoginResult =
  | { kind: "success"; mfa: boolean; accountSelection: boolean; people: number }
  | { kind: "wrong" }
  | { kind: "outage" }
  | { kind: "permissions" }
  | { kind: "locked" };

const defaultPeople = 20;
const maxPeople = 100_000;

// Finch: Finch Sandbox, "Simulating Finch Connect Authentication".
const passwords: Record<string, { mfa: boolean; accountSelection: boolean }> = {
  good_pass: { mfa: false, accountSelection: false },
  mfa: { mfa: true, accountSelection: false },
  account_selection: { mfa: false, accountSelection: true },
  mfa_account_selection: { mfa: true, accountSelection: true },
};

/** User names of this emulator, for what Finch documents no name for. */
export const outageUser = "outage_user";
export const permissionsUser = "no_permission_user";
export const lockedUser = "locked_user";

/** Lists the test logins, for the page. */
export const testLogins: { user: string; password: string; effect: string }[] = [
  { user: "good_user", password: "good_pass", effect: "connects" },
  { user: "good_user", password: "mfa", effect: "asks for a code" },
  { user: "good_user", password: "account_selection", effect: "asks which company" },
  { user: "good_user", password: "mfa_account_selection", effect: "asks for both" },
  { user: "good_user+500", password: "good_pass", effect: "connects a company of 500 people" },
  { user: permissionsUser, password: "good_pass", effect: "is no administrator" },
  { user: lockedUser, password: "good_pass", effect: "is locked by the provider" },
  { user: outageUser, password: "good_pass", effect: "finds the provider out of order" },
];

/** Compares a user name and password with the documented ones. Neither is kept. */
export function checkLogin(user: string, password: string): LoginResult {
  if (user === outageUser) return { kind: "outage" };
  if (user === permissionsUser) return { kind: "permissions" };
  if (user === lockedUser) return { kind: "locked" };
  const match = /^good_user(?:\+(\d{1,6}))?$/.exec(user);
  const entry = Object.entries(passwords).find(([known]) => sameText(known, password));
  if (!match || !entry) return { kind: "wrong" };
  const people = match[1] === undefined ? defaultPeople : Math.min(Math.max(Number(match[1]), 1), maxPeople);
  return { kind: "success", ...entry[1], people };
}

/** Compares an API token with the documented one. */
export function checkToken(token: string): LoginResult {
  if (!sameText(token, "good_token")) return { kind: "wrong" };
  return { kind: "success", mfa: false, accountSelection: false, people: defaultPeople };
}

/** Compares a client id and secret with the documented ones. */
export function checkClient(id: string, secret: string): LoginResult {
  if (id !== "good_user" || !sameText(secret, "good_pass")) return { kind: "wrong" };
  return { kind: "success", mfa: false, accountSelection: false, people: defaultPeople };
}
