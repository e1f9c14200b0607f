import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { insertEmployer, insertPerson } from "@/lib/domain/sign-in/testing";
import { findMail, listMails } from "@/lib/mail/mailbox";
import { endOtherSessions, endOwnSession, listOwnSessions } from "./own-sessions";
import { readSession } from "./read-session";
import { startSession } from "./start-session";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
const database = useTestDatabase();
const sql = () => database().sql("superuser");
let customerId: string;

beforeAll(async () => {
  customerId = await insertEmployer(sql());
  return closeDatabase;
});

let people = 0;
async function person(role = "hr_viewer") {
  people += 1;
  const platform = role.startsWith("staff_");
  const email = `person-${people}@larkspur.example`;
  const userId = await insertPerson(sql(), email, { role, ...(platform ? {} : { customerId }) });
  const signIn = async (userAgent: string, deviceToken?: string) => {
    const session = await startSession({
      userId,
      userAgent,
      deviceToken,
      method: "email",
      ip: "203.0.113.9",
    });
    const sessionId = (await readSession(session.token))?.session.id ?? "";
    return { ...session, own: { userId, sessionId } };
  };
  return { userId, email, signIn };
}

const mailsOf = async (email: string) => [
  ...(await sql()<{ id: string; template: string }[]>`
    select id, template from mail_outbox where recipient = ${email} order by created_at`),
];

async function auditOf(userId: string) {
  return [
    ...(await sql()`
    select action, target_type, target_id, details from audit_log l left join audit_details d using (customer_id, seq)
    where actor_id = ${userId} and action <> 'user.sign_in' order by l.seq`),
  ];
}

/** Sends what waits for an address, as the worker does. */
async function delivered(email: string) {
  await configureDatabase({ url: database().urls.worker });
  for (const { id } of await mailsOf(email)) await sendMail(id);
  await configureDatabase({ url: database().urls.app });
  const sent = (await listMails()).filter(({ to }) => to === email);
  return Promise.all(sent.map(({ id }) => findMail(id)));
}

describe("one's own sessions", () => {
  it("name browser, system, address and way of signing in; this one comes first", async () => {
    const { signIn } = await person();
    const here = await signIn(firefox);
    await signIn(iphone, here.deviceToken);
    expect(await listOwnSessions(here.own)).toMatchObject([
      {
        current: true,
        browser: "Firefox 144",
        os: "Linux",
        mobile: false,
        ip: "203.0.113.9",
        method: "email",
      },
      { current: false, browser: "Safari 18", os: "iOS 18.1", mobile: true },
    ]);
  });

  it("leave out what is over, also by the shorter limits of staff", async () => {
    const staff = await person("staff_support");
    const here = await staff.signIn(firefox);
    const idle = await staff.signIn(iphone);
    await sql()`update sessions set last_seen_at = now() - interval '31 minutes', expires = now() + interval '1 hour'
      where id = ${idle.own.sessionId}`;
    expect(await listOwnSessions(here.own)).toHaveLength(1);
  });

  it("are nobody else's", async () => {
    const [one, two] = [await person(), await person()];
    const here = await one.signIn(firefox);
    await two.signIn(iphone);
    expect(await listOwnSessions(here.own)).toHaveLength(1);
  });
});

describe("ending a session", () => {
  it("signs that browser out, and is audited", async () => {
    const { userId, signIn } = await person();
    const [here, there] = [await signIn(firefox), await signIn(iphone)];
    await endOwnSession(here.own, there.own.sessionId);
    expect(await readSession(there.token)).toBeNull();
    expect(await readSession(here.token)).not.toBeNull();
    expect(await auditOf(userId)).toEqual([
      { action: "session.end", target_type: "session", target_id: there.own.sessionId, details: null },
    ]);
  });

  it("of somebody else, or one that is over, is not found and changes nothing", async () => {
    const [one, two] = [await person(), await person()];
    const [mine, theirs] = [await one.signIn(firefox), await two.signIn(iphone)];
    for (const id of [theirs.own.sessionId, crypto.randomUUID()]) {
      await expect(endOwnSession(mine.own, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await readSession(theirs.token)).not.toBeNull();
    expect(await auditOf(one.userId)).toEqual([]);
  });
});

describe("ending all others", () => {
  it("leaves this one, is audited and told by mail", async () => {
    const { userId, email, signIn } = await person();
    const here = await signIn(firefox);
    const others = [await signIn(iphone, here.deviceToken), await signIn(iphone, here.deviceToken)];
    expect(await endOtherSessions(here.own, firefox)).toBe(2);
    for (const { token } of others) expect(await readSession(token)).toBeNull();
    expect(await readSession(here.token)).not.toBeNull();
    expect(await auditOf(userId)).toEqual([
      { action: "session.end_all", target_type: "user", target_id: userId, details: { count: 2 } },
    ]);
    const [mail] = await delivered(email);
    expect(mail?.subject).toBe("Your other sessions at Perch were ended");
    expect(mail?.text).toContain("Firefox 144 on Linux\nended 2 other sessions");
  });

  it("where there are none changes nothing and tells nobody", async () => {
    const { userId, email, signIn } = await person();
    const here = await signIn(firefox);
    expect(await endOtherSessions(here.own, firefox)).toBe(0);
    expect(await auditOf(userId)).toEqual([]);
    expect(await mailsOf(email)).toEqual([]);
  });

  it("reaches nobody else's", async () => {
    const [one, two] = [await person(), await person()];
    const here = await one.signIn(firefox);
    await one.signIn(iphone);
    const theirs = await two.signIn(iphone);
    await endOtherSessions(here.own, firefox);
    expect(await readSession(theirs.token)).not.toBeNull();
  });
});

describe("a sign-in from a browser", () => {
  it("that the account was never used with is told by mail; the very first is not, nor a known one", async () => {
    const { email, signIn } = await person();
    const first = await signIn(firefox);
    expect(await mailsOf(email)).toEqual([]);
    await signIn(firefox, first.deviceToken);
    expect(await mailsOf(email)).toEqual([]);
    const second = await signIn(iphone);
    expect(second.deviceToken).not.toBe(first.deviceToken);
    await signIn(iphone, second.deviceToken);
    const mails = await delivered(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe("New sign-in to Perch with Safari 18");
    expect(mails[0]?.text).toContain("Safari 18 on iOS 18.1");
    expect(mails[0]?.text).toContain("203.0.113.9");
    expect(mails[0]?.text).toContain("/account");
    for (const secret of [second.token, second.deviceToken]) expect(mails[0]?.html).not.toContain(secret);
  });

  it("that somebody else uses too is new to this account, and keeps its name", async () => {
    const [one, two] = [await person(), await person()];
    const shared = await one.signIn(firefox);
    await two.signIn(iphone);
    const again = await two.signIn(firefox, shared.deviceToken);
    expect(again.deviceToken).toBe(shared.deviceToken);
    expect(await mailsOf(two.email)).toHaveLength(1);
  });

  it("is known by a hash alone, and a made-up name is replaced", async () => {
    const { userId, signIn } = await person();
    const session = await signIn(firefox, "guessed");
    expect(session.deviceToken).toMatch(/^[\w-]{43}$/);
    const rows = JSON.stringify(await sql()`select * from known_devices where user_id = ${userId}`);
    expect(rows).not.toContain(session.deviceToken);
  });

  it("sends no mail to an account without an address", async () => {
    const { userId, signIn } = await person();
    await signIn(firefox);
    await sql()`update users set email = ${`${userId}@staff.invalid`} where id = ${userId}`;
    await signIn(iphone);
    expect(await mailsOf(`${userId}@staff.invalid`)).toEqual([]);
  });
});
