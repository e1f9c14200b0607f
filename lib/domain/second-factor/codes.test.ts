import { generateSync } from "otplib";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { Secret } from "@/lib/crypto";
import { beginTotpEnrollment } from "./begin-totp-enrollment";
import { ensureDemoFactors } from "./ensure-demo-factors";
import { finishTotpEnrollment } from "./finish-totp-enrollment";
import { listDemoCodes } from "./list-demo-codes";
import type { Person } from "./person";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { stepUpWithCode } from "./step-up-with-code";
import { stepUpWithRecoveryCode } from "./step-up-with-recovery-code";
import { createPerson, elsewhere, steppedUp } from "./testing";
import { matchTotp, totpCodeAt, unwrapTotpSecret } from "./totp";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

const codeOf = (key: string, steps = 0) => totpCodeAt(new Secret(key), new Date(Date.now() + steps * 30_000));

/** Somebody with an authenticator app, set up with the current code; the one after it is accepted already. */
async function withApp() {
  const person = await createPerson(sql());
  const { enrollmentId, key } = await beginTotpEnrollment(person);
  const first = codeOf(key);
  const { recoveryCodes } = await finishTotpEnrollment(person, { enrollmentId, code: first });
  return { person, key, first, codes: recoveryCodes ?? [] };
}

const mailsTo = (person: Person) =>
  sql()<{ template: string; parameters: Record<string, unknown> }[]>`
    select template, parameters from mail_outbox where recipient = ${person.email} order by created_at`;

const auditOf = async (person: Person) =>
  (
    await sql()<
      { action: string }[]
    >`select action from audit_log where actor_id = ${person.userId} order by seq`
  ).map((row) => row.action);

describe("a code of an authenticator app", () => {
  it("is accepted once, by whomever it came", async () => {
    const { person, key } = await withApp();
    const code = codeOf(key, 1);
    await stepUpWithCode(person, { code });
    await expect(stepUpWithCode(person, { code })).rejects.toMatchObject({
      code: "INVALID",
      field: "code",
      message: expect.stringContaining("used already"),
    });
    await expect(stepUpWithCode(elsewhere(person), { code })).rejects.toThrow("used already");
  });

  it("is accepted by one of ten requests at once", async () => {
    const { person, key } = await withApp();
    const code = codeOf(key, 1);
    const all = await Promise.allSettled(Array.from({ length: 9 }, () => stepUpWithCode(person, { code })));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("makes those before it worthless, as the one that confirmed the app did", async () => {
    const { person, key, first } = await withApp();
    await expect(stepUpWithCode(person, { code: first })).rejects.toThrow("used already");
    await stepUpWithCode(person, { code: codeOf(key, 1) });
    await expect(stepUpWithCode(person, { code: first })).rejects.toThrow("used already");
  });

  it("may be one step early or late, not two", () => {
    const secret = new Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);
    const accepted = (from: number) => matchTotp(secret, totpCodeAt(secret, at(from)), at(0)) !== null;
    expect([-60, -30, 0, 29, 30, 59].map(accepted)).toEqual([false, true, true, true, true, true]);
    expect([60, 90, -31, -61].map(accepted)).toEqual([false, false, false, false]);
  });

  it("of another person is not right", async () => {
    const [mine, theirs] = [await withApp(), await withApp()];
    await expect(stepUpWithCode(mine.person, { code: codeOf(theirs.key, 1) })).rejects.toThrow("not right");
    await stepUpWithCode(theirs.person, { code: codeOf(theirs.key, 1) });
  });

  it("may be pasted with a space, and anything else is refused in words", async () => {
    const { person, key } = await withApp();
    const code = codeOf(key, 1);
    await stepUpWithCode(person, { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    await expect(stepUpWithCode(person, { code: "12345" })).rejects.toThrow("6 digits");
    await expect(stepUpWithCode(person, { code: "abcdef" })).rejects.toThrow("6 digits");
  });

  it("is the one that RFC 6238 and another implementation give", async () => {
    const { person, key } = await withApp();
    const epoch = Math.floor(Date.now() / 1000) + 30;
    const code = generateSync({ secret: key, algorithm: "sha1", digits: 6, period: 30, epoch });
    await stepUpWithCode(person, { code });
    // RFC 6238, appendix B: time 59, SHA-1, the last six of eight digits.
    expect(totpCodeAt(new Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), new Date(59_000))).toBe("287082");
  });
});

describe("the secret of an authenticator app", () => {
  it("is wrapped, for this person and row alone", async () => {
    const [mine, theirs] = [await withApp(), await withApp()];
    const rows = await sql()<{ id: string; userId: string; wrapped: string; keyringId: string }[]>`
      select id, user_id as "userId", wrapped, keyring_id as "keyringId" from totp_factors
      where user_id in (${mine.person.userId}, ${theirs.person.userId})`;
    const row = rows.find((each) => each.userId === mine.person.userId)!;
    expect((await unwrapTotpSecret(row)).reveal()).toBe(mine.key);
    expect(JSON.stringify(rows)).not.toContain(mine.key);
    await expect(unwrapTotpSecret({ ...row, userId: theirs.person.userId })).rejects.toThrow("does not open");
    await expect(unwrapTotpSecret({ ...row, id: crypto.randomUUID() })).rejects.toThrow("does not open");
  });
});

describe("wrong codes", () => {
  it("stop after ten, also all at once, also for recovery codes and with a right code, and are told by mail once", async () => {
    const { person, key, codes } = await withApp();
    const wrong = codeOf(key) === "000000" ? "000001" : "000000";
    const tries = await Promise.allSettled(
      Array.from({ length: 14 }, (_, index) =>
        index % 2
          ? stepUpWithCode(person, { code: wrong })
          : stepUpWithRecoveryCode(person, { code: "AAAA" }),
      ),
    );
    const refusals = tries.map((each) =>
      each.status === "rejected" ? (each.reason as { code: string }).code : "none",
    );
    expect(refusals.filter((code) => code === "INVALID")).toHaveLength(10);
    expect(refusals.filter((code) => code === "RATE_LIMITED")).toHaveLength(4);
    await expect(stepUpWithCode(person, { code: codeOf(key) })).rejects.toMatchObject({
      code: "RATE_LIMITED",
    });
    await expect(stepUpWithRecoveryCode(person, { code: codes[0]! })).rejects.toMatchObject({
      code: "RATE_LIMITED",
    });
    const blocked = (await mailsTo(person)).filter(({ parameters }) => parameters["change"] === "blocked");
    expect(blocked).toHaveLength(1);
  });

  it("are not counted for right ones, nor for somebody else", async () => {
    const { person, codes } = await withApp();
    const other = await withApp();
    for (let each = 0; each < 9; each += 1)
      await expect(stepUpWithCode(person, { code: "000000" })).rejects.toMatchObject({ code: "INVALID" });
    for (const code of codes.slice(0, 3)) await stepUpWithRecoveryCode(person, { code });
    await stepUpWithCode(other.person, { code: codeOf(other.key, 1) });
    await expect(stepUpWithCode(person, { code: "000000" })).rejects.toMatchObject({ code: "INVALID" });
    await expect(stepUpWithCode(person, { code: "000000" })).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });
});

describe("recovery codes", () => {
  it("are ten of 16 letters, none of them stored", async () => {
    const { person, codes } = await withApp();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([A-HJKMNP-Z2-9]{4}-){3}[A-HJKMNP-Z2-9]{4}$/);
    const rows = await sql()`select * from recovery_codes where user_id = ${person.userId}`;
    expect(rows).toHaveLength(10);
    expect(JSON.stringify(rows)).not.toContain(codes[0]!.slice(0, 9));
  });

  it("work once each, typed in any way, audited and told by mail", async () => {
    const { person, codes } = await withApp();
    await stepUpWithRecoveryCode(person, { code: ` ${codes[0]!.toLowerCase().replaceAll("-", " ")}` });
    await expect(stepUpWithRecoveryCode(person, { code: codes[0]! })).rejects.toThrow("used already");
    expect(await auditOf(person)).toContain("recovery_code.use");
    const mail = (await mailsTo(person)).find(({ parameters }) => parameters["change"] === "recovery_used");
    expect(mail).toMatchObject({ template: "factor-changed", parameters: { left: 9 } });
  });

  it("of one person are nothing for another", async () => {
    const [mine, theirs] = [await withApp(), await withApp()];
    await expect(stepUpWithRecoveryCode(mine.person, { code: theirs.codes[0]! })).rejects.toThrow(
      "not one of",
    );
  });

  it("let one of ten requests at once through", async () => {
    const { person, codes } = await withApp();
    const all = await Promise.allSettled(
      Array.from({ length: 9 }, () => stepUpWithRecoveryCode(person, { code: codes[0]! })),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("get a new set with a step-up only, and the old set ends", async () => {
    const { person, codes } = await withApp();
    await expect(renewRecoveryCodes(person)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    const renewed = await renewRecoveryCodes(steppedUp(person));
    await expect(stepUpWithRecoveryCode(person, { code: codes[0]! })).rejects.toThrow("not one of");
    await stepUpWithRecoveryCode(person, { code: renewed[0]! });
    expect(await auditOf(person)).toContain("recovery_code.renew");
  });
});

describe("demo authenticators", () => {
  it("are given once, and their codes work", async () => {
    const person = await createPerson(sql());
    const other = await withApp();
    const emails = [person.email, "nobody@acme.test"];
    expect(await ensureDemoFactors(emails)).toBe(1);
    expect(await ensureDemoFactors(emails)).toBe(0);
    const { accounts, secondsLeft } = await listDemoCodes();
    const mine = accounts.find(({ email }) => email === person.email)!;
    expect(secondsLeft).toBeGreaterThan(0);
    expect(accounts.map(({ email }) => email)).not.toContain(other.person.email);
    await stepUpWithCode(person, { code: mine.code });
    await stepUpWithCode(person, { code: mine.nextCode });
  });
});
