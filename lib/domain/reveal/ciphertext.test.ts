import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { revealSsn } from "./reveal-ssn";
import { RevealWorld, type SealedEmployer } from "./testing";

/** Lock 2 alone: raw SQL on the web's login, as somebody who got past all of our code would write it. */

const database = useTestDatabase();
const world = new RevealWorld(database);
let acme: SealedEmployer;
let userId: string;

beforeAll(async () => {
  acme = await world.addEmployer(2);
  const admin = await world.as("employer_admin", acme.customerId);
  userId = admin.userId;
  await revealSsn(admin, { individualId: acme.people[0] ?? "", reason: "Correcting a tax form" });
});
afterAll(closeDatabase);

interface Setting {
  role: string;
  customer?: string;
  user?: string;
}

function as<T>(setting: Setting, fn: (sql: TransactionSql) => Promise<T>): Promise<T> {
  return database()
    .sql("app")
    .begin(async (sql) => {
      await sql`select set_config('role', ${setting.role}, true),
        set_config('app.customer_id', ${setting.customer ?? acme.customerId}, true),
        set_config('app.connection_ids', '*', true), set_config('app.user_id', ${setting.user ?? userId}, true),
        set_config('app.can_secrets', 'on', true), set_config('app.can_audit', 'on', true)`;
      return fn(sql);
    }) as Promise<T>;
}

const ciphertexts = (setting: Setting) =>
  as(setting, (sql) => sql<{ owner_id: string }[]>`select owner_id, ciphertext from sealed_values`);

describe("a ciphertext", () => {
  it("is readable after a record: that one, of two", async () => {
    const rows = await ciphertexts({ role: "perch_reveal" });
    expect(rows.map(({ owner_id }) => owner_id)).toEqual([acme.people[0]]);
  });

  it("is not readable by another user, at another employer, or without a user", async () => {
    const other = await world.as("employer_admin", acme.customerId);
    const elsewhere = await world.addEmployer(1);
    expect(await ciphertexts({ role: "perch_reveal", user: other.userId })).toEqual([]);
    expect(await ciphertexts({ role: "perch_reveal", user: "" })).toEqual([]);
    expect(await ciphertexts({ role: "perch_reveal", customer: elsewhere.customerId })).toEqual([]);
  });

  it("is not readable a minute later", async () => {
    const admin = await world.as("employer_admin", acme.customerId);
    await revealSsn(admin, { individualId: acme.people[1] ?? "", reason: "Correcting a tax form" });
    const mine = { role: "perch_reveal", user: admin.userId };
    expect(await ciphertexts(mine)).toHaveLength(1);
    await world.sql()`update reveals set created_at = created_at - interval '61 seconds' where user_id = ${admin.userId}`;
    expect(await ciphertexts(mine)).toEqual([]);
  });

  it.each([false, true])(
    "is not readable by the transaction that wrote the record, which could take it back (savepoint: %s)",
    async (savepoint) => {
      const admin = await world.as("employer_admin", acme.customerId);
      const [held] = await world.sql()<{ id: string }[]>`select id from sealed_values
        where owner_id = ${acme.people[1] ?? ""}`;
      const rows = await as({ role: "perch_tenant", user: admin.userId }, async (sql) => {
        const record = (inner: TransactionSql) =>
          inner`select record_reveal(${held?.id ?? ""}::uuid, 'because it is due') as id`;
        const [row] = savepoint ? await sql.savepoint(record) : await record(sql);
        expect(row?.["id"]).not.toBeNull();
        await sql`set local role perch_reveal`;
        return sql`select owner_id, ciphertext from sealed_values`;
      });
      expect(rows).toEqual([]);
      expect(await ciphertexts({ role: "perch_reveal", user: admin.userId })).toHaveLength(1);
    },
  );

  it.each(["perch_tenant", "perch_staff", "perch_support", "perch_employee"])(
    "is never readable by %s",
    async (role) => {
      await expect(ciphertexts({ role })).rejects.toThrow(/permission denied/);
    },
  );
});

describe("a record", () => {
  it.each(["perch_tenant", "perch_staff", "perch_reveal"])("is not written by %s itself", async (role) => {
    const forged = as(
      { role },
      (sql) => sql`
        insert into reveals (customer_id, user_id, connection_id, sealed_value_id, kind, audit_seq)
        select ${acme.customerId}, ${userId}, connection_id, id, kind, 1 from sealed_values`,
    );
    await expect(forged).rejects.toThrow(/permission denied/);
  });

  it("is not given by record_reveal to who lacks the role, names nobody, or gives no reason", async () => {
    const [held] = await world.sql()<{ id: string }[]>`select id from sealed_values
      where owner_id = ${acme.people[1] ?? ""}`;
    const record = (setting: Setting, reason = "because it is due") =>
      as(setting, async (sql) => {
        const [row] = await sql`select record_reveal(${held?.id ?? ""}::uuid, ${reason}) as id`;
        return row?.["id"] as string | null;
      });
    const viewer = await world.as("hr_viewer", acme.customerId);
    const staff = await world.asStaff("staff_admin");
    const tenant = { role: "perch_tenant" };
    const rows = await world.audit(acme.customerId);
    expect(await record({ ...tenant, user: viewer.userId })).toBeNull();
    expect(await record({ ...tenant, user: staff.userId })).toBeNull();
    expect(await record({ ...tenant, user: "" })).toBeNull();
    expect(await record(tenant, "  ")).toBeNull();
    expect(await record({ role: "perch_staff" })).toBeNull();
    await expect(record({ role: "perch_support" })).rejects.toThrow(/permission denied/);
    expect(await world.audit(acme.customerId)).toEqual(rows);
    expect(await record(tenant)).not.toBeNull();
    expect(await record({ role: "perch_staff", user: staff.userId })).not.toBeNull();
  });
});
