import { afterAll, beforeAll } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { createTestCustomer } from "@/db/seed/factories";
import { auditSigner } from "@/lib/crypto/audit-signing";
import { workerContext } from "@/lib/domain/context";
import { checkChain, type ChainCheck } from "./check-chain";
import { recordAudit } from "./record-audit";

/** Chains for tests: written as the product does, tampered with as somebody who owns the database could. */
export function useAuditWorld(login: "worker" | "app" = "worker") {
  const database = useTestDatabase();
  beforeAll(() => configureDatabase({ url: database().urls[login], max: 8 }));
  afterAll(() => closeDatabase());
  const sql = () => database().sql("superuser");

  async function customer(): Promise<string> {
    return (await createTestCustomer(sql())).id;
  }

  async function write(customerId: string, details?: Record<string, unknown>): Promise<void> {
    const ctx = workerContext(customerId, "test");
    await inScope(ctx, (tx) =>
      recordAudit(tx, ctx, "connection.sync", { type: "connection", id: "c1" }, details),
    );
  }

  /** A chain of so many rows, each with details. */
  async function chain(rows: number): Promise<string> {
    const customerId = await customer();
    for (let index = 1; index <= rows; index += 1) await write(customerId, { note: `entry ${index}` });
    return customerId;
  }

  async function check(customerId: string, options: { now?: Date; sinceSignature?: boolean } = {}) {
    return inScope(workerContext(customerId, "test"), (tx) =>
      checkChain(tx, customerId, { signer: auditSigner(), ...options }),
    );
  }

  /** What is wrong, as "kind seq". */
  async function problems(customerId: string, options: { now?: Date; sinceSignature?: boolean } = {}) {
    const found: ChainCheck = await check(customerId, options);
    return found.problems.map(({ kind, seq }) => `${kind} ${seq}`);
  }

  /** Computes every hash from a row on anew, as somebody would who rewrites history. */
  async function rechain(customerId: string, from: number): Promise<void> {
    await sql().unsafe(
      `do $$ declare r record; p text; h text; begin
        select coalesce((select hash from audit_log where customer_id = '${customerId}' and seq = ${from - 1}), '') into p;
        for r in select * from audit_log where customer_id = '${customerId}' and seq >= ${from} order by seq loop
          h := encode(sha256(convert_to(p || jsonb_build_object('customer', r.customer_id, 'seq', r.seq,
            'at', to_char(r.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actorKind', r.actor_kind, 'actorId', r.actor_id,
            'action', r.action, 'targetType', r.target_type, 'targetId', r.target_id, 'detailsDigest', r.details_digest)::text, 'utf8')), 'hex');
          update audit_log set prev_hash = p, hash = h where customer_id = r.customer_id and seq = r.seq;
          p := h;
        end loop;
        update audit_heads set hash = p where customer_id = '${customerId}';
      end $$`,
    );
  }

  /** Moves rows into the past, with hashes that fit. */
  async function age(customerId: string, through: number, years: number): Promise<void> {
    await sql()`update audit_log set at = at - make_interval(years => ${years}) where customer_id = ${customerId} and seq <= ${through}`;
    await rechain(customerId, 1);
  }

  return { database, sql, customer, write, chain, check, problems, rechain, age };
}
