/** The messages of failed tries: what happened, and what to do. `{provider}` is its name. */
const errors: Record<string, { title: string; body: string }> = {
  preview: {
    title: "This is a preview.",
    body: "Nothing is connected from here, and nothing that you typed was kept.",
  },
  missing_token: { title: "Something is missing.", body: "Fill in every field of this form." },
  locked: {
    title: "{provider} has locked this login.",
    body: "Nothing was connected. Unlock it at {provider}, usually by resetting the password, and try again here.",
  },
  missing_login: { title: "Something is missing.", body: "Type both the user name and the password." },
  wrong_login: {
    title: "{provider} did not accept this user name and password.",
    body: "Nothing was connected. Check both and try again.",
  },
  wrong_token: {
    title: "{provider} did not accept this.",
    body: "Nothing was connected. Copy it from your provider's settings once more and try again.",
  },
  outage: {
    title: "{provider} cannot be reached right now.",
    body: "This is not your fault, and nothing was connected. Try again in a few minutes.",
  },
  permissions: {
    title: "This login may not see everything that is asked for.",
    body: "Sign in as an administrator who may see the full directory and the full payroll, or change the permissions in {provider}.",
  },
  wrong_client_id: {
    title: "This is not a client ID.",
    body: "It has six digits. {provider} can tell you yours.",
  },
  denied: {
    title: "Access was not allowed.",
    body: "{provider} shared nothing. Connect again and choose Allow access.",
  },
  wrong_code: {
    title: "The code has six digits.",
    body: "Check the message from {provider} and type the code again.",
  },
  no_account: { title: "No company is chosen.", body: "Choose the one to connect." },
  no_provider: { title: "This provider is not known.", body: "Choose one from the list." },
  missing_email: {
    title: "The email address is missing.",
    body: "Type the address that Finch can write to.",
  },
  not_added: {
    title: "The administrator is not confirmed.",
    body: "Add the administrator in {provider} first, then tick the box.",
  },
};

/** The text of a failed try, or null. */
export function errorText(key: string | null, provider: string): { title: string; body: string } | null {
  const text = key === null ? undefined : errors[key];
  if (!text) return null;
  const fill = (value: string) => value.replaceAll("{provider}", provider);
  return { title: fill(text.title), body: fill(text.body) };
}

const notices: Record<string, string> = {
  code_sent: "A new code is on its way. The last one no longer works.",
};

/** The text of good news, or null. */
export const noticeText = (key: string | null | undefined): string | null => notices[key ?? ""] ?? null;
