/**
 * Goes through Finch Connect's pages as a person with a browser would: reads a page, fills in its form, presses the
 * button, until the page leads back to Perch with a code. Only the sandbox's documented credentials are typed.
 */

const login = { username: "good_user", password: "good_pass" };
const stepLimit = 12;

interface PageForm {
  /** consent, provider, authenticate, … */
  step: string;
  url: string;
}

const unescape = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The page's forms by the step that they send. */
function formsOf(html: string, pageUrl: string): PageForm[] {
  return [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]+)"/g)].map((match) => {
    const url = new URL(unescape(match[1] ?? ""), pageUrl);
    return { step: url.pathname.split("/").at(-1) ?? "", url: url.href };
  });
}

/** The code in the link that ends the page, once there is one. */
function codeOf(html: string, pageUrl: string): string | null {
  for (const match of html.matchAll(/href="([^"]+)"/g)) {
    const href = unescape(match[1] ?? "");
    if (!URL.canParse(href, pageUrl)) continue;
    const code = new URL(href, pageUrl).searchParams.get("code");
    if (code) return code;
  }
  return null;
}

/** What is typed into a step's form. */
function answers(step: string, providerId: string): Record<string, string> {
  const known: Record<string, Record<string, string>> = {
    consent: {},
    provider: { provider: providerId },
    authenticate: login,
    oauth: { decision: "allow" },
    mfa: { code: "123456" },
    accounts: { account: "0" },
  };
  return known[step] ?? {};
}

const order = ["mfa", "accounts", "authenticate", "oauth", "provider", "consent"];

/**
 * Signs in to a provider on Finch Connect's page, opened for the redirect flow.
 * @returns the code that the page hands back
 * @throws Error where the page does not lead to a code
 */
export async function signInAtConnect(connectUrl: string, providerId: string): Promise<string> {
  let page = await open(connectUrl);
  for (let step = 0; step < stepLimit; step++) {
    const code = codeOf(page.html, page.url);
    if (code) return code;
    const forms = formsOf(page.html, page.url);
    const form = order.flatMap((name) => forms.filter((each) => each.step === name))[0];
    if (!form) throw new Error(`Finch Connect shows no way on at ${new URL(page.url).pathname}.`);
    await submit(form, answers(form.step, providerId));
    page = await open(connectUrl);
  }
  throw new Error("Finch Connect did not come to an end.");
}

async function open(url: string): Promise<{ url: string; html: string }> {
  const response = await fetch(url, { redirect: "manual" });
  if (!response.ok) throw new Error(`Finch Connect answered ${response.status} at ${new URL(url).pathname}.`);
  return { url, html: await response.text() };
}

async function submit(form: PageForm, fields: Record<string, string>): Promise<void> {
  const response = await fetch(form.url, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  if (response.status !== 303)
    throw new Error(`Finch Connect answered ${response.status} to its form “${form.step}”.`);
}
