import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import type { SessionMethod } from "@/db/repositories/sessions";
import { useTestDatabase } from "@/db/testing";
import { beginPasskeyEnrollment } from "@/lib/domain/second-factor/begin-passkey-enrollment";
import { beginTotpEnrollment } from "@/lib/domain/second-factor/begin-totp-enrollment";
import type { Person } from "@/lib/domain/second-factor/person";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { insertEmployer, insertPerson, newestToken } from "@/lib/domain/sign-in/testing";
import { isStaff } from "@/lib/domain/users/grants";
import { env } from "@/lib/env";
import { confirmSignIn } from "./confirm-sign-in";
import { readSession } from "./read-session";
import { startSession } from "./start-session";

const database = useTestDatabase({
  PERCH_MODE: "server",
  SMTP_URL: "smtp://127.0.0.1:2525",
  FINCH_CLIENT_SECRET: randomBytes(24).toString("hex"),
});
const sql = () => database().sql("superuser");
const platform = "00000000-0000-0000-0000-000000000000";
let customerId: string;

beforeAll(async () => {
  expect(env().mode).toBe("server");
  customerId = await insertEmployer(sql());
  return closeDatabase;
});

async function byMail(email: string) {
  const { nonce } = await requestSignIn({ email }, { ip: "127.0.0.1" });
  return confirmSignIn({ token: (await newestToken(sql(), email)) ?? "", nonce });
}

async function addStaffRole(userId: string) {
  await sql()`insert into user_roles (customer_id, user_id, role) values (${platform}, ${userId}, 'staff_admin')`;
}

const sessionBy = async (userId: string, method: SessionMethod) => {
  const { token } = await startSession({ userId, method, userAgent: null, ip: null });
  return readSession(token);
};

describe("on a server", () => {
  it("staff who sign in by mail get the answer that everybody unknown gets, and no session", async () => {
    const userId = await insertPerson(sql(), "staff@perch.example", { role: "staff_admin" });
    expect(await byMail("staff@perch.example")).toEqual({ state: "over" });
    expect(await byMail("nobody@perch.example")).toEqual({ state: "over" });
    expect(await sql()`select id from sessions where user_id = ${userId}`).toHaveLength(0);
  });

  it.each(["oidc", "passkey"] as const)(
    "a session that began by %s has the platform's roles",
    async (method) => {
      const userId = await insertPerson(sql(), `${method}@perch.example`, { role: "staff_support" });
      const session = await sessionBy(userId, method);
      expect(isStaff(session?.grants ?? [])).toBe(true);
    },
  );

  it("a session that began by mail has none of them, and keeps an employer's", async () => {
    const userId = await insertPerson(sql(), "both@larkspur.example", { role: "hr_viewer", customerId });
    await addStaffRole(userId);
    const done = await byMail("both@larkspur.example");
    if (done.state !== "signed-in") throw new Error(done.state);
    const session = await readSession(done.session.token);
    expect(session?.grants.map(({ role }) => role)).toEqual(["hr_viewer"]);
    expect((await sessionBy(userId, "oidc"))?.grants).toHaveLength(2);
  });

  it("a session by mail of somebody with a platform role sets up no first factor: a passkey would open that role", async () => {
    const email = "mailbox@larkspur.example";
    const userId = await insertPerson(sql(), email, { role: "hr_viewer", customerId });
    await addStaffRole(userId);
    const at = (method: SessionMethod, steppedUpAt: Date | null): Person => {
      const session = { id: crypto.randomUUID(), method, createdAt: new Date(), steppedUpAt };
      return { userId, email, name: null, session };
    };
    for (const begin of [beginPasskeyEnrollment, beginTotpEnrollment]) {
      await expect(begin(at("email", null))).rejects.toMatchObject({ code: "FORBIDDEN" });
      // The provider is a factor of theirs already: it is asked again first.
      await expect(begin(at("oidc", null))).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
      await expect(begin(at("oidc", new Date()))).resolves.toBeTruthy();
    }
    await sql()`delete from user_roles where user_id = ${userId} and customer_id = ${platform}`;
    await expect(beginPasskeyEnrollment(at("email", null))).resolves.toBeTruthy();
  });

  it("somebody who becomes staff within a session by mail stays without", async () => {
    const userId = await insertPerson(sql(), "promoted@larkspur.example", { role: "hr_viewer", customerId });
    const done = await byMail("promoted@larkspur.example");
    if (done.state !== "signed-in") throw new Error(done.state);
    await addStaffRole(userId);
    expect(isStaff((await readSession(done.session.token))?.grants ?? [])).toBe(false);
  });

  it("a session of a way that this version does not know counts as one by mail", async () => {
    const userId = await insertPerson(sql(), "future@perch.example", { role: "staff_admin" });
    const { token } = await startSession({ userId, method: "passkey", userAgent: null, ip: null });
    await sql()`update sessions set method = 'telepathy' where user_id = ${userId}`;
    expect(await readSession(token)).toBeNull();
  });
});
