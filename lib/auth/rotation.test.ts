import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sha256 } from "@/lib/crypto";
import { insertEmployer, insertPerson } from "@/lib/domain/sign-in/testing";
import { endSession, readSession } from "./read-session";
import { rotateSession, startSession, stepUpSession } from "./start-session";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const browser = { userAgent: "Firefox", ip: "203.0.113.9" };
let customerId: string;

beforeAll(async () => {
  customerId = await insertEmployer(sql());
  return closeDatabase;
});

let people = 0;
async function signedIn() {
  people += 1;
  const userId = await insertPerson(sql(), `person-${people}@larkspur.example`, {
    role: "employer_admin",
    customerId,
  });
  const session = await startSession({ ...browser, userId, method: "email" });
  return { userId, token: session.token, expires: session.expires };
}

/** As if the last rotation had been that long ago. */
const passSinceRotation = (userId: string, seconds: number) =>
  sql()`update sessions set rotated_at = rotated_at - make_interval(secs => ${seconds}) where user_id = ${userId}`;

const setDue = (userId: string) => sql()`update sessions set rotate_due = true where user_id = ${userId}`;

describe("a step-up", () => {
  it("gives the session another token and keeps its identity, its start and its end", async () => {
    const { userId, token, expires } = await signedIn();
    const before = await readSession(token);
    const next = await stepUpSession(token, "passkey");
    const after = await readSession(next.token);
    expect(next.token).not.toBe(token);
    expect(next.expires).toEqual(expires);
    expect(after?.session).toEqual({
      ...before?.session,
      steppedUpAt: expect.any(Date),
    });
    const rows = await sql()`select session_token, previous_token from sessions where user_id = ${userId}`;
    expect([...rows]).toEqual([{ session_token: sha256(next.token), previous_token: sha256(token) }]);
  });

  it("is not seen by the old token, which finds the session for 30 seconds", async () => {
    const { userId, token } = await signedIn();
    await stepUpSession(token, "totp");
    expect((await readSession(token))?.session.steppedUpAt).toBeNull();
    await passSinceRotation(userId, 29);
    expect(await readSession(token)).not.toBeNull();
    await passSinceRotation(userId, 2);
    expect(await readSession(token)).toBeNull();
  });

  it("is refused with a token that was just replaced, and with none of ours", async () => {
    const { token } = await signedIn();
    const next = await stepUpSession(token, "totp");
    for (const bad of [token, "", "nonsense", sha256(next.token)]) {
      await expect(stepUpSession(bad, "totp")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    }
    expect(await readSession(next.token)).not.toBeNull();
  });

  it("of two at once with one token counts once", async () => {
    const { token } = await signedIn();
    const both = await Promise.allSettled([stepUpSession(token, "totp"), stepUpSession(token, "totp")]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is refused in a session that is over", async () => {
    const { userId, token } = await signedIn();
    await sql()`update sessions set expires = now() - interval '1 second' where user_id = ${userId}`;
    await expect(stepUpSession(token, "totp")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("stands in the platform's audit with its way, and nothing secret", async () => {
    const { userId, token } = await signedIn();
    await stepUpSession(token, "recovery_code");
    const rows = await sql()`
      select l.action, l.customer_id, d.details from audit_log l join audit_details d using (customer_id, seq)
      where l.actor_id = ${userId} order by l.seq`;
    expect([...rows]).toMatchObject([
      {
        action: "user.sign_in",
        customer_id: "00000000-0000-0000-0000-000000000000",
        details: { method: "email" },
      },
      { action: "session.step_up", details: { method: "recovery_code" } },
    ]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("a changed role", () => {
  it("makes a new token due, which is given once", async () => {
    const fresh = await signedIn();
    await sql()`select renew_sessions_of(${fresh.userId})`;
    expect((await readSession(fresh.token))?.session.rotateDue).toBe(true);
    const rotated = await Promise.all(
      Array.from({ length: 5 }, () => rotateSession(fresh.token, { onlyIfDue: true })),
    );
    const given = rotated.filter((each) => each !== null);
    expect(given).toHaveLength(1);
    expect((await readSession(given[0]?.token))?.session.rotateDue).toBe(false);
    // Requests that were on their way go through, and do not ask for another rotation.
    expect((await readSession(fresh.token))?.session.rotateDue).toBe(false);
  });

  it("leaves the second factor that was shown: at another employer it may be in use", async () => {
    const { userId, token } = await signedIn();
    const next = await stepUpSession(token, "totp");
    await sql()`select renew_sessions_of(${userId})`;
    expect((await readSession(next.token))?.session.steppedUpAt).toBeInstanceOf(Date);
  });

  it("that did not happen changes no token", async () => {
    const { token } = await signedIn();
    expect(await rotateSession(token, { onlyIfDue: true })).toBeNull();
    expect(await readSession(token)).not.toBeNull();
  });

  it("moves no limit: a rotated session ends when it would have", async () => {
    const { userId, token } = await signedIn();
    const ends = () => sql()`select expires, expires_absolutely from sessions where user_id = ${userId}`;
    const [before] = await ends();
    await setDue(userId);
    expect(await rotateSession(token, { onlyIfDue: true })).not.toBeNull();
    expect((await ends())[0]).toEqual(before);
  });
});

it("a new token is not given for one that was replaced already", async () => {
  const { token } = await signedIn();
  expect(await rotateSession(token)).not.toBeNull();
  expect(await rotateSession(token)).toBeNull();
});

describe("signing out or in again", () => {
  it("right after a rotation, with the old token, ends the session too", async () => {
    const { token } = await signedIn();
    const next = await stepUpSession(token, "totp");
    await endSession(token);
    expect(await readSession(next.token)).toBeNull();
    const again = await signedIn();
    const rotated = await stepUpSession(again.token, "totp");
    await startSession({ ...browser, userId: again.userId, method: "email", previousToken: again.token });
    expect(await readSession(rotated.token)).toBeNull();
  });
});
