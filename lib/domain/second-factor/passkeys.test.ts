import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { limits } from "@/lib/domain/limits/limits";
import { beginPasskeyEnrollment } from "./begin-passkey-enrollment";
import { beginPasskeySignIn } from "./begin-passkey-sign-in";
import { beginPasskeyStepUp } from "./begin-passkey-step-up";
import { confirmPasskeySignIn } from "./confirm-passkey-sign-in";
import { finishPasskeyEnrollment } from "./finish-passkey-enrollment";
import { finishPasskeyStepUp } from "./finish-passkey-step-up";
import type { Person } from "./person";
import { createPerson, elsewhere, SoftwarePasskey } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const ip = "203.0.113.7";

async function withPasskey(): Promise<{ person: Person; passkey: SoftwarePasskey }> {
  const person = await createPerson(sql());
  const passkey = new SoftwarePasskey(person.userId);
  const { challengeId, options } = await beginPasskeyEnrollment(person);
  const registration = passkey.register({ challenge: options.challenge });
  await finishPasskeyEnrollment(person, { challengeId, registration });
  return { person, passkey };
}

const refused = { code: "INVALID" };

describe("a passkey at its registration", () => {
  it("is asked to verify the person and to be found without a name", async () => {
    const { options } = await beginPasskeyEnrollment(await createPerson(sql()));
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: "required",
      userVerification: "required",
    });
    expect(options.rp).toEqual({ name: "Perch", id: "localhost" });
  });

  it.each([
    ["another origin", { origin: "http://localhost.evil.test:3000" }],
    ["another port", { origin: "http://localhost:3001" }],
    ["another host", { rpId: "evil.test" }],
    ["nobody verified", { verified: false }],
    ["another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
  ])("is refused with %s", async (_what, wrong) => {
    const person = await createPerson(sql());
    const { challengeId, options } = await beginPasskeyEnrollment(person);
    const registration = new SoftwarePasskey(person.userId).register({
      challenge: options.challenge,
      ...wrong,
    });
    await expect(finishPasskeyEnrollment(person, { challengeId, registration })).rejects.toMatchObject(
      refused,
    );
    // The challenge is used up by the wrong answer.
    const right = new SoftwarePasskey(person.userId).register({ challenge: options.challenge });
    await expect(finishPasskeyEnrollment(person, { challengeId, registration: right })).rejects.toMatchObject(
      {
        code: "EXPIRED",
      },
    );
  });
});

describe("a step-up with a passkey", () => {
  it("works once for a challenge", async () => {
    const { person, passkey } = await withPasskey();
    const { challengeId, options } = await beginPasskeyStepUp(person);
    expect(options).toMatchObject({ userVerification: "required", rpId: "localhost" });
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.id]);
    const answer = passkey.answer({ challenge: options.challenge });
    await finishPasskeyStepUp(person, { challengeId, answer });
    await expect(finishPasskeyStepUp(person, { challengeId, answer })).rejects.toMatchObject({
      code: "EXPIRED",
    });
  });

  it("is refused with another's passkey, whether it is known or not", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    for (const passkey of [theirs.passkey, new SoftwarePasskey(mine.person.userId)]) {
      const { challengeId, options } = await beginPasskeyStepUp(mine.person);
      const answer = passkey.answer({ challenge: options.challenge });
      await expect(finishPasskeyStepUp(mine.person, { challengeId, answer })).rejects.toMatchObject(refused);
    }
  });

  it("is refused with a challenge of another session, of another person, or an old one", async () => {
    const { person, passkey } = await withPasskey();
    const other = await withPasskey();
    const { challengeId, options } = await beginPasskeyStepUp(person);
    const answer = passkey.answer({ challenge: options.challenge });
    const over = { code: "EXPIRED" };
    await expect(finishPasskeyStepUp(elsewhere(person), { challengeId, answer })).rejects.toMatchObject(over);
    await expect(finishPasskeyStepUp(other.person, { challengeId, answer })).rejects.toMatchObject(over);
    await sql()`update auth_challenges set expires_at = now() - interval '1 second' where id = ${challengeId}`;
    await expect(finishPasskeyStepUp(person, { challengeId, answer })).rejects.toMatchObject(over);
  });

  it("lasts five minutes, no longer", async () => {
    const { person } = await withPasskey();
    const { challengeId } = await beginPasskeyStepUp(person);
    const [row] = await sql()<{ seconds: number }[]>`
      select extract(epoch from expires_at - created_at)::int as seconds from auth_challenges where id = ${challengeId}`;
    expect(row?.seconds).toBe(300);
  });

  it.each([
    ["another origin", { origin: "https://localhost:3000" }],
    ["another host", { rpId: "perch.evil.test" }],
    ["nobody verified", { verified: false }],
    ["another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
  ])("is refused with %s", async (_what, wrong) => {
    const { person, passkey } = await withPasskey();
    const { challengeId, options } = await beginPasskeyStepUp(person);
    const answer = passkey.answer({ challenge: options.challenge, ...wrong });
    await expect(finishPasskeyStepUp(person, { challengeId, answer })).rejects.toMatchObject(refused);
  });

  it("is refused where the counter goes back or stands still, and the owner is told", async () => {
    const { person, passkey } = await withPasskey();
    for (const [counter, accepted] of [
      [7, true],
      [7, false],
      [3, false],
      [0, false],
      [8, true],
    ] as const) {
      const { challengeId, options } = await beginPasskeyStepUp(person);
      const answer = passkey.answer({ challenge: options.challenge, counter });
      const done = finishPasskeyStepUp(person, { challengeId, answer });
      if (accepted) await done;
      else await expect(done).rejects.toMatchObject(refused);
    }
    const audit =
      await sql()`select from audit_log where actor_id = ${person.userId} and action = 'factor.copy_suspected'`;
    const mails =
      await sql()`select from mail_outbox where recipient = ${person.email} and parameters->>'change' = 'copied'`;
    expect([audit.length, mails.length]).toEqual([3, 3]);
  });

  it("works again and again where an authenticator has no counter", async () => {
    const person = await createPerson(sql());
    const passkey = new SoftwarePasskey(person.userId);
    const begun = await beginPasskeyEnrollment(person);
    const registration = passkey.register({ challenge: begun.options.challenge, counter: 0 });
    await finishPasskeyEnrollment(person, { challengeId: begun.challengeId, registration });
    for (let each = 0; each < 3; each += 1) {
      const { challengeId, options } = await beginPasskeyStepUp(person);
      await finishPasskeyStepUp(person, {
        challengeId,
        answer: passkey.answer({ challenge: options.challenge, counter: 0 }),
      });
    }
  });

  it("takes no field that does not belong to it", async () => {
    const { person, passkey } = await withPasskey();
    const { challengeId, options } = await beginPasskeyStepUp(person);
    const answer = passkey.answer({ challenge: options.challenge });
    const more = { challengeId, answer, userId: "somebody" };
    await expect(finishPasskeyStepUp(person, more)).rejects.toThrow("unrecognized_keys");
  });
});

describe("signing in with a passkey", () => {
  const signIn = async (passkey: SoftwarePasskey, wrong: object = {}, browser?: { nonce: string }) => {
    const { nonce, challengeId, options } = await beginPasskeySignIn({ ip });
    expect(options.allowCredentials ?? []).toEqual([]);
    const answer = passkey.answer({ challenge: options.challenge, ...wrong });
    return confirmPasskeySignIn({ challengeId, answer }, { ip, nonce: browser?.nonce ?? nonce });
  };
  const closed = { code: "FORBIDDEN", message: expect.stringContaining("opens no account here") };

  it("says whose passkey it is", async () => {
    const { person, passkey } = await withPasskey();
    expect(await signIn(passkey)).toEqual({ userId: person.userId });
  });

  it("gives one answer for unknown passkeys, disabled people, people without a role and wrong signatures", async () => {
    const stranger = new SoftwarePasskey(crypto.randomUUID());
    await expect(signIn(stranger)).rejects.toMatchObject(closed);
    const disabled = await withPasskey();
    await sql()`update users set disabled_at = now() where id = ${disabled.person.userId}`;
    await expect(signIn(disabled.passkey)).rejects.toMatchObject(closed);
    const roleless = await withPasskey();
    await sql()`delete from user_roles where user_id = ${roleless.person.userId}`;
    await expect(signIn(roleless.passkey)).rejects.toMatchObject(closed);
    const { passkey } = await withPasskey();
    await expect(signIn(passkey, { origin: "http://evil.test" })).rejects.toMatchObject(closed);
    await expect(signIn(passkey, { verified: false })).rejects.toMatchObject(closed);
  });

  it("is refused in another browser, a second time, and with a challenge meant for a step-up", async () => {
    const { person, passkey } = await withPasskey();
    const other = await beginPasskeySignIn({ ip });
    await expect(signIn(passkey, {}, other)).rejects.toMatchObject({ code: "EXPIRED" });
    const { nonce, challengeId, options } = await beginPasskeySignIn({ ip });
    const answer = passkey.answer({ challenge: options.challenge });
    await confirmPasskeySignIn({ challengeId, answer }, { ip, nonce });
    await expect(confirmPasskeySignIn({ challengeId, answer }, { ip, nonce })).rejects.toMatchObject({
      code: "EXPIRED",
    });
    const stepUp = await beginPasskeyStepUp(person);
    const misused = passkey.answer({ challenge: stepUp.options.challenge });
    await expect(
      confirmPasskeySignIn({ challengeId: stepUp.challengeId, answer: misused }, { ip, nonce }),
    ).rejects.toMatchObject({ code: "EXPIRED" });
  });

  it("is refused where the answer names another person", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    const { nonce, challengeId, options } = await beginPasskeySignIn({ ip });
    const answer = mine.passkey.answer({ challenge: options.challenge });
    const userHandle = Buffer.from(theirs.person.userId).toString("base64url");
    const swapped = { ...answer, userHandle };
    await expect(confirmPasskeySignIn({ challengeId, answer: swapped }, { ip, nonce })).rejects.toMatchObject(
      closed,
    );
  });

  it("is limited per network", async () => {
    const network = "198.51.100.9";
    const { points } = limits().passkey;
    await sql()`truncate rate_limits`;
    await beginPasskeySignIn({ ip: network });
    await sql()`update rate_limits set points = ${points} where key like 'passkey%'`;
    await expect(beginPasskeySignIn({ ip: network })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(beginPasskeySignIn({ ip: "198.51.100.10" })).resolves.toBeDefined();
  });
});
