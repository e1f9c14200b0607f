import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { configureDatabase, inScope } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { recordAudit } from "@/lib/domain/audit";
import { workerContext } from "@/lib/domain/context";

interface AuditRow {
  customer_id: string;
  seq: string;
  at: string;
  actor_kind: string;
  actor_id: string;
  action: string;
  target_type: string;
  target_id: string;
  details_digest: string | null;
  prev_hash: string;
  hash: string;
  body: string;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("audit chain", () => {
  const database = useTestDatabase();
  const acme = crypto.randomUUID();
  const globex = crypto.randomUUID();
  const append = (customer: string, action: `${string}.${string}`, details?: Record<string, unknown>) =>
    inScope(workerContext(customer), (tx) =>
      recordAudit(tx, workerContext(customer), action, { type: "test", id: "1" }, details),
    );

  /** Reads the chain and computes each hash again, from the stored columns. */
  async function verify(customer: string) {
    const rows = await database().sql("superuser")<AuditRow[]>`
      select *, jsonb_build_object('customer', customer_id, 'seq', seq, 'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actorKind', actor_kind, 'actorId', actor_id, 'action', action, 'targetType', target_type, 'targetId', target_id,
        'detailsDigest', details_digest)::text as body
      from audit_log where customer_id = ${customer} order by seq`;
    let previous = "";
    for (const row of rows) {
      if (row.prev_hash !== previous || sha256(previous + row.body) !== row.hash)
        return { rows, broken: Number(row.seq) };
      previous = row.hash;
    }
    return { rows, broken: null };
  }

  beforeAll(async () => {
    await configureDatabase({ url: database().urls.worker });
    await database().sql(
      "superuser",
    )`insert into customers (id, name) values (${acme}, 'Acme'), (${globex}, 'Globex')`;
  });

  it("concurrent writers make one unbroken chain per customer", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => append(index % 2 ? acme : globex, "test.write", { index })),
    );
    const chain = await verify(acme);
    expect(chain.broken).toBeNull();
    expect(chain.rows.map((row) => Number(row.seq))).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
    expect((await verify(globex)).rows).toHaveLength(10);
  });

  it("erasing the details leaves the chain verifiable; changing a row does not", async () => {
    const sql = database().sql("superuser");
    await sql`delete from audit_details where customer_id = ${acme}`;
    expect((await verify(acme)).broken).toBeNull();
    await sql`update audit_log set actor_id = 'somebody else' where customer_id = ${acme} and seq = 4`;
    expect((await verify(acme)).broken).toBe(4);
  });

  it("a rolled back change leaves no audit row", async () => {
    const before = (await verify(globex)).rows.length;
    const ctx = workerContext(globex);
    await expect(
      inScope(ctx, async (tx) => {
        await recordAudit(tx, ctx, "test.undone", { type: "test", id: "2" });
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect((await verify(globex)).rows).toHaveLength(before);
  });
});
