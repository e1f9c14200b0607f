import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sha256 } from "@/lib/crypto";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { insertEmployer, insertPerson, newestToken } from "@/lib/domain/sign-in/testing";
import { confirmSignIn } from "./confirm-sign-in";
import { endSession, readSession } from "./read-session";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
let customerId: string;

beforeAll(async () => {
  customerId = await insertEmployer(sql());
  return closeDatabase;
});

async function signIn(email: string, role: string): Promise<{ token: string; hash: string; userId: string }> {
  const platform = role.startsWith("staff_");
  const userId = await insertPerson(sql(), email, { role, ...(platform ? {} : { customerId }) });
  const { nonce } = await requestSignIn({ email }, { ip: "127.0.0.1" });
  const done = await confirmSignIn({ token: (await newestToken(sql(), email)) ?? "", nonce });
  if (done.state !== "signed-in") throw new Error(done.state);
  return { token: done.session.token, hash: sha256(done.session.token), userId };
}

/** Moves a session into the past, as if nobody had touched it since. */
async function age(hash: string, interval: string) {
  await sql()`update sessions set created_at = created_at - ${interval}::interval,
    last_seen_at = last_seen_at - ${interval}::interval, expires = expires - ${interval}::interval,
    expires_absolutely = expires_absolutely - ${interval}::interval where session_token = ${hash}`;
}

/** Lets time pass for somebody who uses Perch every few minutes. */
async function ageInUse(hash: string, interval: string) {
  await sql()`update sessions set created_at = created_at - ${interval}::interval,
    expires_absolutely = expires_absolutely - ${interval}::interval where session_token = ${hash}`;
}

async function hoursLeft(hash: string): Promise<number> {
  const [row] = await sql()<{ hours: number }[]>`
    select extract(epoch from expires - now())::float8 / 3600 as hours from sessions where session_token = ${hash}`;
  return row?.hours ?? 0;
}

describe("a person's session", () => {
  it("is over after 12 hours without use", async () => {
    const { token, hash } = await signIn("idle@larkspur.example", "hr_viewer");
    await age(hash, "11 hours 59 minutes");
    expect(await readSession(token)).not.toBeNull();
    expect(await hoursLeft(hash)).toBeCloseTo(12, 1);
    await age(hash, "12 hours 1 minute");
    expect(await readSession(token)).toBeNull();
  });

  it("idles out under a page that only polls", async () => {
    const { token, hash } = await signIn("polling@larkspur.example", "hr_viewer");
    await age(hash, "2 hours");
    expect(await readSession(token, { touch: false })).not.toBeNull();
    expect(await hoursLeft(hash)).toBeCloseTo(10, 1);
    await age(hash, "10 hours 1 minute");
    expect(await readSession(token, { touch: false })).toBeNull();
  });

  it("is over after 7 days, however much it is used", async () => {
    const { token, hash } = await signIn("busy@larkspur.example", "hr_viewer");
    await ageInUse(hash, "6 days 23 hours");
    await age(hash, "2 minutes");
    expect(await readSession(token)).not.toBeNull();
    expect(await hoursLeft(hash)).toBeLessThan(1);
    await ageInUse(hash, "1 hour");
    expect(await readSession(token)).toBeNull();
  });

  it("is gone when it was ended, and ending it again changes nothing", async () => {
    const { token } = await signIn("leaver@larkspur.example", "hr_viewer");
    await endSession(token);
    await endSession(token);
    expect(await readSession(token)).toBeNull();
  });

  it("shows the roles of now, and none once they are taken away", async () => {
    const { token, userId } = await signIn("changing@larkspur.example", "hr_viewer");
    await sql()`update user_roles set role = 'employer_admin' where user_id = ${userId}`;
    expect((await readSession(token))?.grants.map(({ role }) => role)).toEqual(["employer_admin"]);
    await sql()`delete from user_roles where user_id = ${userId}`;
    expect(await readSession(token)).toBeNull();
  });

  it("ends for a disabled user at once", async () => {
    const { token, userId } = await signIn("disabled@larkspur.example", "hr_viewer");
    await sql()`update users set disabled_at = now() where id = ${userId}`;
    expect(await readSession(token)).toBeNull();
  });

  it("is not opened by the hash that the table holds", async () => {
    const { hash } = await signIn("hash@larkspur.example", "hr_viewer");
    expect(await readSession(hash)).toBeNull();
  });
});

describe("a staff session", () => {
  it("is over after 30 minutes without use", async () => {
    const { token, hash } = await signIn("idle@perch.example", "staff_support");
    await age(hash, "29 minutes");
    expect(await readSession(token)).not.toBeNull();
    await age(hash, "31 minutes");
    expect(await readSession(token)).toBeNull();
  });

  it("is over after 12 hours", async () => {
    const { token, hash } = await signIn("busy@perch.example", "staff_admin");
    await ageInUse(hash, "12 hours");
    expect(await readSession(token)).toBeNull();
  });

  it("has the shorter limits from the moment that somebody becomes staff", async () => {
    const { token, hash, userId } = await signIn("promoted@larkspur.example", "hr_viewer");
    await insertRole(userId);
    await age(hash, "31 minutes");
    expect(await readSession(token)).toBeNull();
  });
});

async function insertRole(userId: string) {
  await sql()`insert into user_roles (customer_id, user_id, role)
    values ('00000000-0000-0000-0000-000000000000', ${userId}, 'staff_admin')`;
}
