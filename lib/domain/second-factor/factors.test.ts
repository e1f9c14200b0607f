import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { Secret } from "@/lib/crypto";
import { beginPasskeyEnrollment } from "./begin-passkey-enrollment";
import { beginTotpEnrollment } from "./begin-totp-enrollment";
import { finishPasskeyEnrollment } from "./finish-passkey-enrollment";
import { finishTotpEnrollment } from "./finish-totp-enrollment";
import { getSecurity } from "./get-security";
import { getStepUpOptions } from "./get-step-up-options";
import type { Person } from "./person";
import { removeFactor } from "./remove-factor";
import { renameFactor } from "./rename-factor";
import { stepUpWithRecoveryCode } from "./step-up-with-recovery-code";
import { createPerson, elsewhere, SoftwarePasskey, steppedUp } from "./testing";
import { totpCodeAt } from "./totp";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

async function addPasskey(person: Person, name?: string) {
  const passkey = new SoftwarePasskey(person.userId);
  const { challengeId, options } = await beginPasskeyEnrollment(person);
  const registration = passkey.register({ challenge: options.challenge });
  const result = await finishPasskeyEnrollment(person, {
    challengeId,
    registration,
    ...(name ? { name } : {}),
  });
  return { passkey, ...result };
}

async function addApp(person: Person) {
  const { enrollmentId, key } = await beginTotpEnrollment(person);
  return finishTotpEnrollment(person, { enrollmentId, code: totpCodeAt(new Secret(key), new Date()) });
}

const auditOf = async (person: Person) =>
  (
    await sql()<
      { action: string }[]
    >`select action from audit_log where actor_id = ${person.userId} order by seq`
  ).map((row) => row.action);

const changesMailedTo = async (person: Person) =>
  (
    await sql()<{ change: string }[]>`
    select parameters->>'change' as change from mail_outbox where recipient = ${person.email} order by created_at`
  ).map((row) => row.change);

describe("the first factor", () => {
  it("is set up right after signing in, with recovery codes, audited and told by mail", async () => {
    const person = await createPerson(sql());
    expect((await getStepUpOptions(person)).mayEnroll).toBe(true);
    const { factor, recoveryCodes } = await addPasskey(person, "My laptop");
    expect(factor).toMatchObject({ kind: "passkey", name: "My laptop", lastUsedAt: expect.any(Date) });
    expect(recoveryCodes).toHaveLength(10);
    expect(await auditOf(person)).toEqual(["factor.add"]);
    expect(await changesMailedTo(person)).toEqual(["added"]);
    const view = await getSecurity(person);
    expect(view.factors.map(({ name }) => name)).toEqual(["My laptop"]);
    expect(view.recoveryCodes).toMatchObject({ left: 10, total: 10 });
  });

  it("is refused more than ten minutes after signing in, at the begin and at the end", async () => {
    const late = await createPerson(sql(), { minutesAgo: 11 });
    const refusal = { code: "EXPIRED", message: expect.stringContaining("Sign in again") };
    expect((await getStepUpOptions(late)).mayEnroll).toBe(false);
    await expect(beginPasskeyEnrollment(late)).rejects.toMatchObject(refusal);
    await expect(beginTotpEnrollment(late)).rejects.toMatchObject(refusal);
    const createdAt = new Date(Date.now() - 9 * 60_000);
    const justInTime = { ...late, session: { ...late.session, createdAt } };
    const begun = await beginPasskeyEnrollment(justInTime);
    const registration = new SoftwarePasskey(late.userId).register({ challenge: begun.options.challenge });
    await expect(
      finishPasskeyEnrollment(late, { challengeId: begun.challengeId, registration }),
    ).rejects.toMatchObject(refusal);
    const app = await beginTotpEnrollment(justInTime);
    const code = totpCodeAt(new Secret(app.key), new Date());
    await expect(finishTotpEnrollment(late, { enrollmentId: app.enrollmentId, code })).rejects.toMatchObject(
      refusal,
    );
    expect((await getSecurity(late)).factors).toEqual([]);
  });

  it("is one of two begun at once: the second needs a step-up with it", async () => {
    const person = await createPerson(sql());
    const thief = elsewhere(person);
    const begun = await beginTotpEnrollment(thief);
    await addPasskey(person);
    const code = totpCodeAt(new Secret(begun.key), new Date());
    await expect(
      finishTotpEnrollment(thief, { enrollmentId: begun.enrollmentId, code }),
    ).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
  });

  it("that is an app can be confirmed again after a wrong code, and by its own session alone", async () => {
    const person = await createPerson(sql());
    const { enrollmentId, key, uri } = await beginTotpEnrollment(person);
    expect(uri).toContain("otpauth://totp/");
    const code = totpCodeAt(new Secret(key), new Date());
    const wrong = code === "000000" ? "000001" : "000000";
    await expect(finishTotpEnrollment(person, { enrollmentId, code: wrong })).rejects.toMatchObject({
      field: "code",
    });
    await expect(finishTotpEnrollment(elsewhere(person), { enrollmentId, code })).rejects.toMatchObject({
      code: "EXPIRED",
    });
    await expect(
      finishTotpEnrollment(await createPerson(sql()), { enrollmentId, code }),
    ).rejects.toMatchObject({ code: "EXPIRED" });
    await finishTotpEnrollment(person, { enrollmentId, code });
    await expect(finishTotpEnrollment(person, { enrollmentId, code })).rejects.toMatchObject({
      code: "EXPIRED",
    });
  });
});

describe("another factor", () => {
  it("needs a step-up, also right after signing in, and brings no new recovery codes", async () => {
    const person = await createPerson(sql());
    await addPasskey(person);
    await expect(beginPasskeyEnrollment(person)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await expect(beginTotpEnrollment(person)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    const added = await addApp(steppedUp(person));
    expect(added.recoveryCodes).toBeNull();
    expect(await auditOf(person)).toEqual(["factor.add", "factor.add"]);
  });

  it("is not the same passkey again", async () => {
    const person = await createPerson(sql());
    const { passkey } = await addPasskey(person);
    const other = await createPerson(sql());
    const { challengeId, options } = await beginPasskeyEnrollment(other);
    const registration = passkey.register({ challenge: options.challenge });
    await expect(finishPasskeyEnrollment(other, { challengeId, registration })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("removing a factor", () => {
  it("needs a step-up, is audited and told by mail", async () => {
    const person = await createPerson(sql());
    const { factor } = await addPasskey(person);
    await addApp(steppedUp(person));
    const { kind, id } = factor;
    await expect(removeFactor(person, { kind, id })).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    const old = {
      ...person,
      session: { ...person.session, steppedUpAt: new Date(Date.now() - 10 * 60_000) },
    };
    await expect(removeFactor(old, { kind, id })).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await removeFactor(steppedUp(person), { kind, id });
    expect((await getSecurity(person)).factors.map((each) => each.kind)).toEqual(["totp"]);
    expect((await getSecurity(person)).recoveryCodes).toMatchObject({ left: 10 });
    expect(await auditOf(person)).toEqual(["factor.add", "factor.add", "factor.remove"]);
    expect(await changesMailedTo(person)).toEqual(["added", "added", "removed"]);
  });

  it("of somebody else finds nothing, and neither does renaming", async () => {
    const [mine, theirs] = [await createPerson(sql()), await createPerson(sql())];
    await addPasskey(mine);
    const passkey = await addPasskey(theirs);
    const app = await addApp(steppedUp(theirs));
    for (const { factor } of [passkey, app]) {
      const target = { kind: factor.kind, id: factor.id };
      await expect(removeFactor(steppedUp(mine), target)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(renameFactor(mine, { ...target, name: "Mine now" })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
    await expect(removeFactor(steppedUp(mine), { kind: "totp", id: "no uuid" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect((await getSecurity(theirs)).factors.map(({ name }) => name)).toEqual([
      "Passkey",
      "Authenticator app",
    ]);
  });

  it("also takes the last one, and the recovery codes with it", async () => {
    const person = await createPerson(sql());
    const { factor, recoveryCodes } = await addPasskey(person);
    await removeFactor(steppedUp(person), { kind: "passkey", id: factor.id });
    expect(await getSecurity(person)).toMatchObject({ factors: [], recoveryCodes: null });
    await expect(stepUpWithRecoveryCode(person, { code: recoveryCodes![0]! })).rejects.toMatchObject({
      code: "INVALID",
    });
  });
});

describe("a factor's name", () => {
  it("is of the browser and system that made a passkey, and gets a number where it is taken", async () => {
    const person = await createPerson(sql());
    const chrome =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    for (const userAgent of [chrome, chrome, null]) {
      const { challengeId, options } = await beginPasskeyEnrollment(steppedUp(person));
      const registration = new SoftwarePasskey(person.userId).register({ challenge: options.challenge });
      await finishPasskeyEnrollment(steppedUp(person), { challengeId, registration }, userAgent);
    }
    await addApp(steppedUp(person));
    await addApp(steppedUp(person));
    const { factors } = await getSecurity(person);
    expect(factors.map(({ name }) => name)).toEqual([
      "Chrome on Windows",
      "Chrome on Windows 2",
      "Passkey",
      "Authenticator app",
      "Authenticator app 2",
    ]);
    expect(factors.every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
  });

  it("can be changed, which is audited, not to nothing", async () => {
    const person = await createPerson(sql());
    const { factor } = await addPasskey(person);
    const target = { kind: factor.kind, id: factor.id };
    await renameFactor(person, { ...target, name: "  Phone " });
    expect((await getSecurity(person)).factors[0]?.name).toBe("Phone");
    expect(await auditOf(person)).toEqual(["factor.add", "factor.rename"]);
    await expect(renameFactor(person, { ...target, name: " " })).rejects.toThrow("name");
  });
});
