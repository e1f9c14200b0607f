import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { createAuditSigner } from "@/lib/crypto/audit-signing";
import { platformCustomerId, workerContext } from "@/lib/domain/context";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { compareHeads, readLoggedHeads } from "./compare-heads";
import { signChain } from "./sign-chain";
import { signHeads } from "./sign-heads";
import { pruneChain } from "./prune-chain";
import { useAuditWorld } from "./testing";

const world = useAuditWorld();
const sql = () => world.sql();
const signaturesOf = (id: string) =>
  sql()`select seq::int, hash, key_id from audit_signatures where customer_id = ${id} order by seq`;
const checkOf = async (id: string) =>
  (
    await sql()`select through_seq::int as seq, problems, full_checked_at from audit_checks where customer_id = ${id}`
  )[0];

describe("signing a head", () => {
  it("signs the last row once, and again only when there are new ones", async () => {
    const id = await world.chain(3);
    expect(await signChain(id)).toBe("signed");
    expect(await signChain(id)).toBe("unchanged");
    await world.write(id);
    expect(await signChain(id)).toBe("signed");
    const [row] = await sql()`select hash from audit_log where customer_id = ${id} and seq = 4`;
    expect(await signaturesOf(id)).toEqual([
      expect.objectContaining({ seq: 3 }),
      expect.objectContaining({ seq: 4, hash: row?.["hash"], key_id: "test" }),
    ]);
    expect(await checkOf(id)).toMatchObject({ seq: 4, problems: [], full_checked_at: null });
    expect(await signChain(await world.customer())).toBe("empty");
  });

  it("never signs a chain that does not verify, tells the staff once and goes on when it is whole again", async () => {
    const staff = await createTestUser(sql(), { role: "staff_admin" });
    const id = await world.chain(3);
    await signChain(id);
    await world.write(id);
    const [row] = await sql()`select * from audit_log where customer_id = ${id} and seq = 4`;
    await sql()`update audit_log set actor_id = 'somebody else' where customer_id = ${id} and seq = 4`;
    expect(await signChain(id)).toBe("broken");
    expect(await signChain(id)).toBe("broken");
    expect(await signaturesOf(id)).toHaveLength(1);
    expect(await checkOf(id)).toMatchObject({ problems: [{ kind: "row_changed", seq: 4 }] });
    const mails =
      await sql()`select id, recipient from mail_outbox where template = 'audit-broken' and parameters->>'customerId' = ${id}`;
    expect(mails.map((mail) => String(mail["recipient"]))).toEqual([staff.email]);
    expect(await sendMail(String(mails[0]?.["id"]))).toBe("sent");
    await sql()`update audit_log set actor_id = ${row?.["actor_id"]} where customer_id = ${id} and seq = 4`;
    expect(await signChain(id)).toBe("signed");
    expect(await checkOf(id)).toMatchObject({ problems: [] });
  });

  it("finds a change behind the last signature by the whole check, and keeps it until that is clean", async () => {
    const id = await world.chain(3);
    await signChain(id);
    await sql()`update audit_log set actor_id = 'somebody else' where customer_id = ${id} and seq = 1`;
    await world.write(id);
    expect(await world.problems(id, { sinceSignature: true })).toEqual([]);
    expect(await signChain(id, { full: true })).toBe("broken");
    // The hourly check of the newest rows alone would find nothing.
    expect(await signChain(id)).toBe("broken");
    expect(await signaturesOf(id)).toHaveLength(1);
  });

  it("signs what it verified while others go on writing", async () => {
    const id = await world.chain(1);
    await Promise.all([
      ...Array.from({ length: 30 }, () => world.write(id, { note: "beside" })),
      ...Array.from({ length: 10 }, () => signChain(id)),
    ]);
    expect(await world.problems(id)).toEqual([]);
    expect((await signaturesOf(id)).length).toBeGreaterThan(0);
    await signChain(id);
    expect((await signaturesOf(id)).at(-1)).toMatchObject({ seq: 31 });
  });

  it("goes on under a new key; without the old one its signatures cannot be checked", async () => {
    const id = await world.chain(2);
    const key = (name: string) => `${name}:${randomBytes(32).toString("base64")}`;
    const [a1, a2] = [key("a1"), key("a2")];
    expect(await signChain(id, { signer: createAuditSigner(a1) })).toBe("signed");
    await world.write(id);
    expect(await signChain(id, { signer: createAuditSigner(`${a2},${a1}`) })).toBe("signed");
    expect((await signaturesOf(id)).map((row) => String(row["key_id"]))).toEqual(["a1", "a2"]);
    expect(await signChain(id, { full: true, signer: createAuditSigner(a2) })).toBe("broken");
    expect(await signChain(id, { full: true, signer: createAuditSigner(`${a2},${a1}`) })).toBe("unchanged");
  });

  it("holds up no other chain where one cannot be checked", async () => {
    const id = await world.chain(2);
    const done = await signHeads();
    expect(done.failed).toBe(0);
    expect(done.signed).toBeGreaterThan(0);
    expect(await signaturesOf(id)).toHaveLength(1);
    await world.write(platformCustomerId);
    expect((await signHeads({ full: true })).signed).toBe(1);
    expect(await signaturesOf(platformCustomerId)).toHaveLength(2);
    expect((await checkOf(platformCustomerId))?.["full_checked_at"]).toBeInstanceOf(Date);
  });
});

describe("a chain that was cut together with its signatures", () => {
  it("shows against the platform's chain, which noted its head", async () => {
    const [cut, gone, whole] = [await world.chain(5), await world.chain(3), await world.chain(2)];
    const before = (await signHeads({ full: true })).broken;
    const [note] =
      await sql()`select l.seq, d.details from audit_log l join audit_details d using (customer_id, seq)
      where l.customer_id = ${platformCustomerId} and l.action = 'audit.sign' order by l.seq desc limit 1`;
    expect(note?.["details"]).toMatchObject({
      heads: expect.arrayContaining([expect.objectContaining({ customerId: cut, seq: 5 })]) as unknown,
    });
    for (const [id, kept] of [
      [cut, 2],
      [gone, 0],
    ] as const) {
      await sql()`delete from audit_details where customer_id = ${id} and seq > ${kept}`;
      await sql()`delete from audit_log where customer_id = ${id} and seq > ${kept}`;
      await sql()`delete from audit_signatures where customer_id = ${id}`;
      await sql()`update audit_heads h set seq = ${kept}, hash = coalesce((select l.hash from audit_log l
        where l.customer_id = h.customer_id and l.seq = ${kept}), '') where h.customer_id = ${id}`;
    }
    // By themselves the two look sound.
    expect([await world.problems(cut), await world.problems(gone)]).toEqual([[], []]);
    expect((await signHeads({ full: true })).broken).toBe(before + 2);
    expect(await checkOf(cut)).toMatchObject({ problems: [{ kind: "logged_head_missing", seq: 5 }] });
    expect(await checkOf(gone)).toMatchObject({ problems: [{ kind: "logged_head_missing", seq: 3 }] });
    expect(await checkOf(whole)).toMatchObject({ problems: [] });
    expect(await signaturesOf(cut)).toEqual([]);
  });
});

describe("retention of a chain", () => {
  it("never passes the last signature nor the year, whatever the setting is", async () => {
    const id = await world.chain(6);
    await world.age(id, 4, 2);
    expect(await pruneChain(id, 1)).toBe(0);
    await sql()`insert into audit_signatures select customer_id, seq, hash, now(), 'test', '' from audit_log where customer_id = ${id} and seq = 3`;
    expect(await pruneChain(id, 1)).toBe(3);
    const seqs = await sql()`select seq::int from audit_log where customer_id = ${id} order by seq`;
    expect(seqs.map((row) => Number(row["seq"]))).toEqual([4, 5, 6, 7]);
    const young = await world.chain(3);
    await signChain(young);
    await sql().begin(async (tx) => {
      await tx`select set_config('app.customer_id', ${young}, true)`;
      expect(await tx`select audit_prune(now() + interval '1 day') as gone`).toEqual([{ gone: 0 }]);
    });
  });

  it("keeps an old row that stands behind a younger one", async () => {
    const id = await world.chain(4);
    await sql()`update audit_log set at = at - interval '9 years' where customer_id = ${id} and seq in (1, 3)`;
    await world.rechain(id, 1);
    await signChain(id);
    expect(await pruneChain(id, 7)).toBe(1);
    expect(await world.problems(id)).toEqual([]);
  });
});

describe("heads in the log", () => {
  const line = (head: object) => `web | ${JSON.stringify({ level: 30, ...head, msg: "audit head signed" })}`;

  it("show signatures that were deleted together with their rows", async () => {
    const id = await world.chain(4);
    await signChain(id);
    const [signed] = await signaturesOf(id);
    const log = [
      "not json",
      line({ customerId: id, seq: 4, hash: signed?.["hash"], keyId: "test" }),
      "{",
    ].join("\n");
    const heads = readLoggedHeads(log);
    expect(heads).toHaveLength(1);
    const compare = () => inScope(workerContext(id), (tx) => compareHeads(tx, id, heads));
    expect(await compare()).toEqual([]);
    await sql()`delete from audit_signatures where customer_id = ${id}`;
    expect(await compare()).toEqual([{ kind: "logged_head_missing", seq: 4 }]);
    await sql()`delete from audit_details where customer_id = ${id} and seq > 2`;
    await sql()`delete from audit_log where customer_id = ${id} and seq > 2`;
    await sql()`update audit_heads h set seq = 2, hash = l.hash from audit_log l
      where h.customer_id = ${id} and l.customer_id = ${id} and l.seq = 2`;
    // By itself the chain is sound now.
    expect(await world.problems(id)).toEqual([]);
    expect(await compare()).toEqual([{ kind: "logged_head_missing", seq: 4 }]);
    await world.write(id);
    await world.write(id);
    expect(await compare()).toEqual([{ kind: "rewritten", seq: 4 }]);
  });

  it("behind the border of retention are compared with the signatures that are kept", async () => {
    const id = await world.chain(4);
    await world.age(id, 4, 8);
    await signChain(id);
    const [signed] = await signaturesOf(id);
    await world.write(id);
    await signChain(id);
    expect(await pruneChain(id, 7)).toBe(4);
    const heads = readLoggedHeads(
      [
        line({ customerId: id, seq: 2, hash: "ab".repeat(32), keyId: "test" }),
        line({ customerId: id, seq: 4, hash: signed?.["hash"], keyId: "test" }),
      ].join("\n"),
    );
    const found = await inScope(workerContext(id), (tx) => compareHeads(tx, id, heads));
    expect(found).toEqual([{ kind: "logged_head_missing", seq: 2 }]);
  });
});
