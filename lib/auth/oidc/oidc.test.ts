import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sha256 } from "@/lib/crypto";
import { insertEmployer, insertPerson } from "@/lib/domain/sign-in/testing";
import { readSession } from "../read-session";
import { startSession } from "../start-session";
import { beginOidcVisit } from "./begin-visit";
import { canStepUpByOidc } from "./can-step-up";
import { finishOidcVisit } from "./finish-visit";
import { startTestIssuer, type TestIssuer } from "./testing";
import { readVisit } from "./visit";

const appUrl = "http://localhost:3000";
const database = useTestDatabase();
const sql = () => database().sql("superuser");
const platform = "00000000-0000-0000-0000-000000000000";
const browser = { ip: "203.0.113.9", userAgent: "Firefox", deviceToken: undefined };
let idp: TestIssuer;
let other: TestIssuer;

beforeAll(async () => {
  [idp, other] = await Promise.all([startTestIssuer(appUrl), startTestIssuer(appUrl)]);
  Object.assign(process.env, {
    OIDC_ISSUER: idp.issuer,
    OIDC_CLIENT_ID: idp.clientId,
    OIDC_CLIENT_SECRET: idp.clientSecret,
  });
  return closeDatabase;
});
afterAll(() => Promise.all([idp.close(), other.close()]));

/** Somebody whom staff added by issuer and subject. */
async function addStaff(subject: string, { issuer = idp.issuer, role = "staff_admin" } = {}) {
  const [user] = await sql()<{ id: string }[]>`
    insert into users (email) values (gen_random_uuid() || '@staff.invalid') returning id`;
  if (!user) throw new Error("no user");
  await sql()`insert into accounts (user_id, type, provider, provider_account_id) values (${user.id}, 'oidc', ${issuer}, ${subject})`;
  await sql()`insert into user_roles (customer_id, user_id, role) values (${platform}, ${user.id}, ${role})`;
  return user.id;
}

const beginSignIn = (more: { browserSecret?: string; callbackUrl?: string } = {}) =>
  beginOidcVisit({ purpose: "sign-in", userId: null, ...more });

const finish = (back: URL, browserSecret: string, more: { userId?: string; sessionToken?: string } = {}) =>
  finishOidcVisit({
    ...browser,
    userId: more.userId ?? null,
    sessionToken: more.sessionToken,
    query: back.searchParams,
    browserSecret,
  });

async function signIn(subject: string, claims: Record<string, unknown> = {}, callbackUrl?: string) {
  idp.person = { subject, claims };
  const begun = await beginSignIn(callbackUrl ? { callbackUrl } : {});
  return finish(await idp.visit(begun.url), begun.browserSecret);
}

const countSessions = async () =>
  (await sql()<{ n: number }[]>`select count(*)::int as n from sessions`)[0]?.n ?? 0;
const userRow = async (id: string) => (await sql()`select email, name from users where id = ${id}`)[0];

/** A visit that is refused leaves no session behind. */
async function expectRefused(finished: ReturnType<typeof finish>, reason = "unfinished") {
  const before = await countSessions();
  expect(await finished).toEqual({ state: "refused", reason });
  expect(await countSessions()).toBe(before);
}

describe("signing in at the identity provider", () => {
  it("starts a session of the person whose issuer and subject are known, and leads on", async () => {
    const userId = await addStaff("known");
    const done = await signIn("known", {}, "/admin/customers?q=vega");
    if (done.state !== "signed-in") throw new Error(JSON.stringify(done));
    expect(done.callbackUrl).toBe("/admin/customers?q=vega");
    const session = await readSession(done.session.token);
    expect(session).toMatchObject({
      user: { id: userId },
      session: { method: "oidc", steppedUpAt: null },
      grants: [{ role: "staff_admin" }],
    });
    const [row] = await sql()`select session_token, ip, user_agent from sessions where user_id = ${userId}`;
    expect(row).toEqual({
      session_token: sha256(done.session.token),
      ip: browser.ip,
      user_agent: "Firefox",
    });
  });

  it("does not lead to another origin", async () => {
    await addStaff("led-away");
    expect(await signIn("led-away", {}, "//evil.test")).toMatchObject({
      state: "signed-in",
      callbackUrl: null,
    });
  });

  it("knows nobody by another issuer's subject", async () => {
    await addStaff("elsewhere", { issuer: other.issuer });
    expect(await signIn("elsewhere")).toEqual({ state: "refused", reason: "no-access" });
  });

  it("links nobody by mail address: an employer's user of that address stays who they are", async () => {
    const customerId = await insertEmployer(sql());
    const email = "marisol@larkspur.example";
    const userId = await insertPerson(sql(), email, { role: "employer_admin", customerId });
    const before = await countSessions();
    expect(await signIn("a-stranger", { email, email_verified: true })).toEqual({
      state: "refused",
      reason: "no-access",
    });
    expect(await countSessions()).toBe(before);
    expect(await sql()`select user_id from accounts where user_id = ${userId}`).toHaveLength(0);
  });

  it("takes a verified address and the name for a placeholder, and no address that another has", async () => {
    await insertPerson(sql(), "taken@perch.example");
    const [fresh, rival, unproved] = await Promise.all(
      ["fresh", "rival", "unproved"].map((each) => addStaff(each)),
    );
    await signIn("fresh", { email: "Iris.Tern@Perch.example", email_verified: true, name: "Iris Tern" });
    await signIn("rival", { email: "taken@perch.example", email_verified: true });
    await signIn("unproved", { email: "unproved@perch.example", email_verified: false });
    expect(await userRow(fresh ?? "")).toEqual({ email: "iris.tern@perch.example", name: "Iris Tern" });
    for (const id of [rival, unproved]) {
      expect(await userRow(id ?? "")).toEqual({
        email: expect.stringMatching(/@staff\.invalid$/),
        name: null,
      });
    }
    await signIn("fresh", { email: "other@perch.example", email_verified: true, name: "Somebody" });
    expect(await userRow(fresh ?? "")).toEqual({ email: "iris.tern@perch.example", name: "Iris Tern" });
  });

  it("gives no session to somebody disabled or without a role", async () => {
    const [gone, roleless] = await Promise.all([addStaff("gone"), addStaff("roleless")]);
    await sql()`update users set disabled_at = now() where id = ${gone}`;
    await sql()`delete from user_roles where user_id = ${roleless}`;
    for (const subject of ["gone", "roleless"]) {
      expect(await signIn(subject)).toEqual({ state: "refused", reason: "no-access" });
    }
  });
});

describe("a visit", () => {
  it("cannot be finished twice, also not twice at once", async () => {
    await addStaff("twice");
    idp.person = { subject: "twice" };
    const begun = await beginSignIn();
    const back = await idp.visit(begun.url);
    const results = await Promise.all(Array.from({ length: 6 }, () => finish(back, begun.browserSecret)));
    expect(results.filter(({ state }) => state === "signed-in")).toHaveLength(1);
    await expectRefused(finish(back, begun.browserSecret));
  });

  it("cannot be finished in another browser, and is not used up by the try", async () => {
    await addStaff("stolen");
    idp.person = { subject: "stolen" };
    const begun = await beginSignIn();
    const back = await idp.visit(begun.url);
    const elsewhere = await beginSignIn();
    await expectRefused(finish(back, elsewhere.browserSecret));
    expect(await finish(back, begun.browserSecret)).toMatchObject({ state: "signed-in" });
  });

  it("needs its own state", async () => {
    await addStaff("state");
    idp.person = { subject: "state" };
    const begun = await beginSignIn();
    const back = await idp.visit(begun.url);
    const state = back.searchParams.get("state") ?? "";
    for (const wrong of [
      `${state.slice(0, -1)}${state.endsWith("A") ? "B" : "A"}`,
      state.replace(/^s/, "u"),
      "",
      "x",
    ]) {
      const forged = new URL(back);
      forged.searchParams.set("state", wrong);
      await expectRefused(finish(forged, begun.browserSecret));
    }
    expect(readVisit(state, begun.browserSecret)).toMatchObject({ purpose: "sign-in" });
  });

  it("takes no code that another visit got, though the state is its own", async () => {
    await addStaff("injected");
    idp.person = { subject: "injected" };
    const [mine, attackers] = await Promise.all([beginSignIn(), beginSignIn()]);
    const [back, injected] = [await idp.visit(mine.url), await idp.visit(attackers.url)];
    back.searchParams.set("code", injected.searchParams.get("code") ?? "");
    await expectRefused(finish(back, mine.browserSecret));
  });

  it("takes no id token with another nonce", async () => {
    await addStaff("nonce");
    idp.person = { subject: "nonce" };
    const begun = await beginSignIn();
    begun.url.searchParams.set("nonce", "of-somebody-else");
    await expectRefused(finish(await idp.visit(begun.url), begun.browserSecret));
  });

  it("takes no answer that names another issuer", async () => {
    await addStaff("mixed-up");
    idp.person = { subject: "mixed-up" };
    const begun = await beginSignIn();
    const back = await idp.visit(begun.url);
    back.searchParams.set("iss", other.issuer);
    await expectRefused(finish(back, begun.browserSecret));
  });

  it("is over after ten minutes, and when the person cancels", async () => {
    await addStaff("late");
    idp.person = { subject: "late" };
    const begun = await beginSignIn();
    const back = await idp.visit(begun.url);
    await sql()`update auth_challenges set expires_at = expires_at - interval '10 minutes'`;
    await expectRefused(finish(back, begun.browserSecret));
    const again = await beginSignIn();
    const cancelled = new URL(`${appUrl}/api/auth/oidc/callback?error=access_denied`);
    cancelled.searchParams.set("state", again.url.searchParams.get("state") ?? "");
    cancelled.searchParams.set("iss", idp.issuer);
    await expectRefused(finish(cancelled, again.browserSecret));
  });

  it("leaves nothing in the database that could finish it", async () => {
    const begun = await beginSignIn();
    const rows = JSON.stringify(await sql()`select * from auth_challenges`);
    const { state, nonce, code_challenge } = Object.fromEntries(begun.url.searchParams);
    for (const secret of [begun.browserSecret, state, nonce, code_challenge])
      expect(rows).not.toContain(secret);
  });
});

describe("a step-up at the identity provider", () => {
  async function signedIn(subject: string) {
    const userId = await addStaff(subject);
    const session = await startSession({ ...browser, userId, method: "oidc" });
    const begun = await beginOidcVisit({ purpose: "step-up", userId, callbackUrl: "/admin" });
    return { userId, begun, sessionToken: session.token };
  }

  it("asks to sign in there anew, notes the moment and changes the token", async () => {
    const before = Date.now();
    const { userId, begun, sessionToken } = await signedIn("careful");
    expect(Object.fromEntries(begun.url.searchParams)).toMatchObject({ max_age: "0", prompt: "login" });
    idp.person = { subject: "careful" };
    const done = await finish(await idp.visit(begun.url), begun.browserSecret, { userId, sessionToken });
    if (done.state !== "stepped-up") throw new Error(JSON.stringify(done));
    expect(done.callbackUrl).toBe("/admin");
    const after = await readSession(done.session.token);
    expect(after?.session.steppedUpAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect((await readSession(sessionToken))?.session.steppedUpAt).toBeNull();
  });

  it("does not count where the person signed in there before it began", async () => {
    const { userId, begun, sessionToken } = await signedIn("stale");
    idp.person = { subject: "stale", signedInSecondsAgo: 120 };
    const back = await idp.visit(begun.url);
    await expectRefused(finish(back, begun.browserSecret, { userId, sessionToken }), "unconfirmed");
    expect((await readSession(sessionToken))?.session.steppedUpAt).toBeNull();
  });

  it("does not count for another person, known or not", async () => {
    await addStaff("colleague");
    for (const subject of ["colleague", "unknown"]) {
      const { userId, begun, sessionToken } = await signedIn(`watched-by-${subject}`);
      idp.person = { subject };
      const back = await idp.visit(begun.url);
      await expectRefused(finish(back, begun.browserSecret, { userId, sessionToken }), "other-person");
    }
  });

  it("is not finished by somebody signed out, and starts no session", async () => {
    const { begun } = await signedIn("signed-out");
    idp.person = { subject: "signed-out" };
    await expectRefused(finish(await idp.visit(begun.url), begun.browserSecret), "unconfirmed");
  });

  it("is offered to those who have an identity there", async () => {
    const [own, foreign] = await Promise.all([
      addStaff("own"),
      addStaff("foreign", { issuer: other.issuer }),
    ]);
    expect(await canStepUpByOidc(own)).toBe(true);
    expect(await canStepUpByOidc(foreign)).toBe(false);
  });
});
