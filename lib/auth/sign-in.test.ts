import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sha256 } from "@/lib/crypto";
import { getSignInLink } from "@/lib/domain/sign-in/get-sign-in-link";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { insertEmployer, insertPerson, newestToken } from "@/lib/domain/sign-in/testing";
import { newNonce } from "@/lib/domain/sign-in/secrets";
import { confirmSignIn } from "./confirm-sign-in";
import { readSession } from "./read-session";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const browser = () => ({ ip: "127.0.0.1" });
const known = "marisol@larkspur.example";
let customerId: string;

beforeAll(async () => {
  customerId = await insertEmployer(sql());
  await insertPerson(sql(), known, { role: "employer_admin", customerId });
  return closeDatabase;
});

async function ask(email = known, options: { callbackUrl?: string; nonce?: string } = {}) {
  const { callbackUrl, nonce } = options;
  const asked = await requestSignIn(
    { email, ...(callbackUrl ? { callbackUrl } : {}) },
    { ...browser(), nonce },
  );
  const token = await newestToken(sql(), asked.address);
  if (!token) throw new Error("no request was written");
  return { ...asked, token };
}

async function countSessions(): Promise<number> {
  const [row] = await sql()<{ n: number }[]>`select count(*)::int as n from sessions`;
  return row?.n ?? 0;
}

describe("asking for a link", () => {
  it("writes the same rows for a known and an unknown address", async () => {
    for (const email of [known, "nobody@nowhere.example"]) {
      const before = await sql()`select id from mail_outbox`;
      const { token } = await ask(email);
      expect(token).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/);
      expect(await sql()`select id from mail_outbox`).toHaveLength(before.length + 1);
    }
    const jobs =
      await sql()`select task_identifier from graphile_worker.jobs where task_identifier = 'mail.send'`;
    expect(jobs.length).toBeGreaterThanOrEqual(2);
  });

  it("keeps neither link, nonce nor code: only hashes", async () => {
    const { token, nonce, code } = await ask();
    const secret = token.slice(token.indexOf(".") + 1);
    for (const table of [
      "verification_tokens",
      "mail_outbox",
      "rate_limits",
      "graphile_worker._private_jobs",
    ]) {
      const rows = JSON.stringify(await sql().unsafe(`select to_jsonb(t) from ${table} t`));
      for (const value of [secret, nonce, code]) expect(rows).not.toContain(value);
    }
  });

  it("shows the same code again in the same browser, and another one in another", async () => {
    const first = await ask();
    expect((await ask(known, { nonce: first.nonce })).code).toBe(first.code);
    expect((await ask()).code).not.toBe(first.code);
  });

  it("refuses a list of addresses, naming the field", async () => {
    const asked = requestSignIn({ email: `${known}, eve@evil.test` }, browser());
    await expect(asked).rejects.toMatchObject({ code: "INVALID", field: "email" });
  });
});

describe("the page behind the link", () => {
  it("names the masked address and consumes nothing, however often it is opened", async () => {
    const { token, nonce } = await ask();
    for (let visit = 0; visit < 5; visit += 1) {
      expect(await getSignInLink(token, undefined)).toEqual({
        state: "open",
        maskedAddress: "m•••@l•••.example",
        needsCode: true,
      });
    }
    expect(await getSignInLink(token, nonce)).toMatchObject({ needsCode: false });
    expect(await confirmSignIn({ token, nonce })).toMatchObject({ state: "signed-in" });
  });

  it("says the same of a used, a forged and a foreign token", async () => {
    const { token, nonce } = await ask();
    await confirmSignIn({ token, nonce });
    const id = token.slice(0, 36);
    for (const bad of [token, `${id}.${newNonce()}`, "nonsense", ""]) {
      expect(await getSignInLink(bad, nonce)).toEqual({ state: "over" });
    }
  });
});

describe("confirming", () => {
  it("starts a session of which only the SHA-256 is stored, and leads where the person wanted to go", async () => {
    const { token, nonce } = await ask(known, { callbackUrl: "/e/1/directory?q=vega" });
    const done = await confirmSignIn({ token, nonce, userAgent: "Firefox" });
    if (done.state !== "signed-in") throw new Error(done.state);
    expect(done.callbackUrl).toBe("/e/1/directory?q=vega");
    const rows = await sql()`select session_token, user_agent from sessions`;
    expect(rows).toContainEqual({ session_token: sha256(done.session.token), user_agent: "Firefox" });
    expect(JSON.stringify(rows)).not.toContain(done.session.token);
    expect((await readSession(done.session.token))?.user.email).toBe(known);
  });

  it("does not lead to another origin", async () => {
    const { token, nonce } = await ask(known, { callbackUrl: "//evil.test/x" });
    expect(await confirmSignIn({ token, nonce })).toMatchObject({ state: "signed-in", callbackUrl: null });
  });

  it("twice at once makes one session", async () => {
    const { token, nonce } = await ask();
    const before = await countSessions();
    const results = await Promise.all(Array.from({ length: 8 }, () => confirmSignIn({ token, nonce })));
    expect(results.filter(({ state }) => state === "signed-in")).toHaveLength(1);
    expect(await countSessions()).toBe(before + 1);
  });

  it("in another browser asks for the code, and takes the code once", async () => {
    const { token, code } = await ask();
    expect(await confirmSignIn({ token })).toEqual({ state: "needs-code" });
    expect(await confirmSignIn({ token, nonce: newNonce() })).toEqual({ state: "needs-code" });
    expect(await confirmSignIn({ token, code: "AAAAAAAA" })).toEqual({ state: "wrong-code", triesLeft: 4 });
    const typed = `${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`;
    expect(await confirmSignIn({ token, code: typed })).toMatchObject({ state: "signed-in" });
    expect(await confirmSignIn({ token, code })).toEqual({ state: "over" });
  });

  it("is void after five wrong codes, also when guessed all at once", async () => {
    const { token, code, nonce } = await ask();
    const guesses = Array.from({ length: 12 }, (_, index) =>
      confirmSignIn({ token, code: `WRNG${2222 + index}` }),
    );
    const results = await Promise.all(guesses);
    expect(results.filter(({ state }) => state === "signed-in")).toHaveLength(0);
    const [row] = await sql()<{ tries: number }[]>`
      select code_attempts as tries from verification_tokens where id = ${token.slice(0, 36)}`;
    expect(row?.tries).toBe(5);
    expect(await confirmSignIn({ token, code })).toEqual({ state: "over" });
    expect(await confirmSignIn({ token, nonce })).toEqual({ state: "over" });
  });

  it("works for ten minutes", async () => {
    const { token, nonce } = await ask();
    await sql()`update verification_tokens set expires = expires - interval '10 minutes' where id = ${token.slice(0, 36)}`;
    expect(await confirmSignIn({ token, nonce })).toEqual({ state: "over" });
  });

  it("gives no session to an unknown, disabled or roleless person", async () => {
    await insertPerson(sql(), "gone@larkspur.example", {
      role: "employer_admin",
      customerId,
      disabled: true,
    });
    await insertPerson(sql(), "roleless@larkspur.example");
    const before = await countSessions();
    for (const email of ["gone@larkspur.example", "roleless@larkspur.example", "unknown@larkspur.example"]) {
      const { token, nonce } = await ask(email);
      expect(await confirmSignIn({ token, nonce })).toEqual({ state: "over" });
    }
    expect(await countSessions()).toBe(before);
    expect(await sql()`select id from users where email = 'unknown@larkspur.example'`).toHaveLength(0);
  });

  it("ends the session that the browser had before", async () => {
    const first = await ask();
    const one = await confirmSignIn(first);
    if (one.state !== "signed-in") throw new Error(one.state);
    const two = await confirmSignIn({ ...(await ask()), sessionToken: one.session.token });
    if (two.state !== "signed-in") throw new Error(two.state);
    expect(two.session.token).not.toBe(one.session.token);
    expect(await readSession(one.session.token)).toBeNull();
    expect(await readSession(two.session.token)).not.toBeNull();
  });
});
