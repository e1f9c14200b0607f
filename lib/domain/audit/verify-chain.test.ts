import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { workerContext } from "@/lib/domain/context";
import { eraseAuditDetails } from "./erase-audit-details";
import { signChain } from "./sign-chain";
import { useAuditWorld } from "./testing";

const world = useAuditWorld();
const sql = () => world.sql();

describe("a chain that nobody touched", () => {
  it("verifies, whatever its details are", async () => {
    const id = await world.customer();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }), { maxKeys: 4 }),
        async (details) => {
          // jsonb knows no NUL.
          const kept = JSON.parse(JSON.stringify(details).replaceAll("\\u0000", "")) as Record<
            string,
            unknown
          >;
          await world.write(id, kept);
          expect(await world.problems(id)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("verifies over more rows than a page holds", async () => {
    const id = await world.customer();
    await sql().begin(async (tx) => {
      await tx`select set_config('app.customer_id', ${id}, true)`;
      await tx`select audit_append('worker', 'test', 'connection.sync', 'connection', n::text, jsonb_build_object('n', n)) from generate_series(1, 2500) n`;
    });
    expect(await world.check(id)).toMatchObject({ rows: 2_500, throughSeq: 2_500, problems: [] });
    await sql()`update audit_log set action = 'x.y' where customer_id = ${id} and seq in (1000, 1001, 2400)`;
    expect(await world.problems(id)).toEqual(["row_changed 1000", "row_changed 1001", "row_changed 2400"]);
  });

  it("is empty where nothing was written", async () => {
    expect(await world.check(await world.customer())).toMatchObject({ rows: 0, throughSeq: 0, problems: [] });
  });

  it("verifies after its details were erased, and says how many", async () => {
    const id = await world.chain(4);
    const ctx = workerContext(id);
    const gone = await inScope(ctx, (tx) => eraseAuditDetails(tx, ctx, { type: "connection", id: "c1" }));
    expect(gone).toBe(4);
    expect(await world.check(id)).toMatchObject({ rows: 5, erased: 4, problems: [] });
    expect(
      await sql()`select salt, details from audit_details where customer_id = ${id} and seq <= 4`,
    ).toHaveLength(0);
    const [last] = await sql()`select action from audit_log where customer_id = ${id} and seq = 5`;
    expect(last).toEqual({ action: "audit.erase" });
  });
});

describe("a tampered chain", () => {
  const columns = ["actor_id", "actor_kind", "action", "target_type", "target_id"];
  it.each(columns)("shows an edited %s at its row", async (column) => {
    const id = await world.chain(5);
    await sql().unsafe(
      `update audit_log set ${column} = 'somebody else' where customer_id = '${id}' and seq = 3`,
    );
    expect(await world.problems(id)).toEqual(["row_changed 3"]);
  });

  it("shows an edited time by a microsecond", async () => {
    const id = await world.chain(3);
    await sql()`update audit_log set at = at + interval '1 microsecond' where customer_id = ${id} and seq = 2`;
    expect(await world.problems(id)).toEqual(["row_changed 2"]);
  });

  it("shows an edited row whose own hash was computed anew at the row that follows", async () => {
    const id = await world.chain(5);
    const kept =
      await sql()`select seq, prev_hash, hash from audit_log where customer_id = ${id} and seq > 3`;
    await sql()`update audit_log set actor_id = 'somebody else' where customer_id = ${id} and seq = 3`;
    await world.rechain(id, 3);
    for (const row of kept)
      await sql()`update audit_log set prev_hash = ${row["prev_hash"]}, hash = ${row["hash"]} where customer_id = ${id} and seq = ${row["seq"]}`;
    await sql()`update audit_heads set hash = ${kept.at(-1)?.["hash"]} where customer_id = ${id}`;
    expect(await world.problems(id)).toEqual(["row_replaced 4"]);
  });

  it("shows a deleted row, the first one and several", async () => {
    const one = await world.chain(5);
    await sql()`delete from audit_log where customer_id = ${one} and seq = 3`;
    expect(await world.problems(one)).toEqual(["row_missing 3", "details_added 3"]);
    const first = await world.chain(3);
    await sql()`delete from audit_log where customer_id = ${first} and seq = 1`;
    expect(await world.problems(first)).toContain("row_missing 1");
    const several = await world.chain(6);
    await sql()`delete from audit_log where customer_id = ${several} and seq between 2 and 4`;
    expect(await world.problems(several)).toContain("row_missing 2");
  });

  it("shows a deleted row after which the numbers were closed up", async () => {
    const id = await world.chain(5);
    await sql()`delete from audit_details where customer_id = ${id}`;
    await sql()`delete from audit_log where customer_id = ${id} and seq = 3`;
    await sql()`update audit_log set seq = seq - 1 where customer_id = ${id} and seq > 3`;
    expect(await world.problems(id)).toContain("row_replaced 3");
  });

  it("shows a cut tail by its head, and by the signature where the head was set back too", async () => {
    const id = await world.chain(5);
    expect(await signChain(id)).toBe("signed");
    await sql()`delete from audit_details where customer_id = ${id} and seq > 3`;
    await sql()`delete from audit_log where customer_id = ${id} and seq > 3`;
    expect(await world.problems(id)).toEqual(["end_missing 4"]);
    await sql()`update audit_heads h set seq = 3, hash = l.hash from audit_log l
      where h.customer_id = ${id} and l.customer_id = ${id} and l.seq = 3`;
    expect(await world.problems(id)).toEqual(["end_missing 4"]);
    // New rows over the place of the cut ones: the signed row has another hash.
    await world.write(id);
    await world.write(id);
    await world.write(id);
    expect(await world.problems(id)).toEqual(["rewritten 5"]);
    expect(await world.problems(id, { sinceSignature: true })).toEqual(["rewritten 5"]);
  });

  it("shows a chain that was written anew with hashes that fit", async () => {
    const id = await world.chain(5);
    await signChain(id);
    await sql()`update audit_log set actor_id = 'somebody else' where customer_id = ${id} and seq = 2`;
    await world.rechain(id, 1);
    expect(await world.problems(id)).toEqual(["rewritten 5"]);
  });

  it("shows a signature that nobody with the key made", async () => {
    const id = await world.chain(3);
    await signChain(id);
    await sql()`update audit_log set actor_id = 'somebody else' where customer_id = ${id} and seq = 2`;
    await world.rechain(id, 1);
    await sql()`update audit_signatures s set hash = l.hash from audit_log l
      where s.customer_id = ${id} and l.customer_id = ${id} and l.seq = s.seq`;
    expect(await world.problems(id)).toEqual(["signature_invalid 3"]);
    await sql()`update audit_signatures set key_id = 'elsewhere' where customer_id = ${id}`;
    expect(await world.problems(id)).toEqual(["signature_key_unknown 3"]);
  });

  it("shows edited, swapped, foreign and added details at their rows", async () => {
    const id = await world.chain(6);
    await sql()`update audit_details set details = '{"note": "other"}' where customer_id = ${id} and seq = 2`;
    expect(await world.problems(id)).toEqual(["details_changed 2"]);
    await sql()`update audit_details a set details = b.details, salt = b.salt from audit_details b
      where a.customer_id = ${id} and b.customer_id = ${id} and (a.seq, b.seq) in ((4, 5), (5, 4))`;
    expect(await world.problems(id)).toEqual(["details_changed 2", "details_changed 4", "details_changed 5"]);
    await sql()`delete from audit_details where customer_id = ${id}`;
    expect(await world.problems(id)).toEqual([]);
    await world.write(id);
    await sql()`insert into audit_details values (${id}, 7, gen_random_uuid(), '{}')`;
    expect(await world.problems(id)).toEqual(["details_added 7"]);
  });

  it("shows a head that is gone or points elsewhere", async () => {
    const id = await world.chain(3);
    await sql()`update audit_heads set hash = repeat('0', 64) where customer_id = ${id}`;
    expect(await world.problems(id)).toEqual(["head_differs 3"]);
    await sql()`delete from audit_heads where customer_id = ${id}`;
    expect(await world.problems(id)).toEqual(["head_differs 3"]);
  });

  it("shows rows that were deleted as if they were old", async () => {
    const id = await world.chain(3);
    await signChain(id);
    await world.write(id);
    await world.write(id);
    await signChain(id);
    await sql()`update audit_heads h set base_seq = 4, base_hash = l.hash from audit_log l
      where h.customer_id = ${id} and l.customer_id = ${id} and l.seq = 4`;
    await sql()`delete from audit_details where customer_id = ${id} and seq <= 4`;
    await sql()`delete from audit_log where customer_id = ${id} and seq <= 4`;
    expect(await world.problems(id)).toEqual(["pruned_early 4"]);
  });
});
