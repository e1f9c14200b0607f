import type { Sql } from "postgres";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import type { Role } from "@/lib/auth/permissions";
import type { Context, CustomerContext } from "@/lib/domain/context";
import { testContext, testPlatformContext } from "@/lib/domain/testing";

export interface Person {
  userId: string;
  email: string;
  ctx: CustomerContext;
}

/** Somebody with a role at an employer, and the context of their requests. */
export async function newPerson(
  sql: Sql,
  customerId: string,
  role: Role = "employer_admin",
): Promise<Person> {
  const user = await createTestUser(sql, { customerId, role });
  return { userId: user.id, email: user.email, ctx: testContext(role, customerId, { userId: user.id }) };
}

/** A member of staff who is there. */
export async function newStaff(sql: Sql, role: "staff_admin" | "staff_support"): Promise<Context> {
  const user = await createTestUser(sql, { role });
  return testPlatformContext(role, user.id);
}

/** An employer with an administrator, a connection and two people in it. */
export async function newTeam(sql: Sql) {
  const customer = await createTestCustomer(sql);
  const connection = await createTestConnection(sql, { customerId: customer.id });
  const individuals = await createTestIndividuals(sql, {
    customerId: customer.id,
    connectionId: connection.id,
    count: 2,
  });
  return {
    customerId: customer.id,
    name: customer.name,
    connectionId: connection.id,
    individualId: individuals[0] ?? "",
    admin: await newPerson(sql, customer.id),
  };
}

/** A role that an employer made for itself. */
export async function newCustomRole(
  sql: Sql,
  customerId: string,
  { name, permissions }: { name: string; permissions: string[] },
): Promise<void> {
  await sql`insert into roles (customer_id, name, label, database_role) values (${customerId}, ${name}, ${`The ${name}`}, 'perch_tenant')`;
  for (const permission of permissions)
    await sql`insert into role_permissions (customer_id, role, permission) values (${customerId}, ${name}, ${permission})`;
}

export const auditOf = async (sql: Sql, customerId: string, targetId: string) => {
  const rows = await sql<{ action: string; actor: string; details: unknown }[]>`
    select l.action, l.actor_id as actor, d.details from audit_log l
    left join audit_details d on d.customer_id = l.customer_id and d.seq = l.seq
    where l.customer_id = ${customerId} and l.target_id = ${targetId} order by l.seq`;
  return [...rows];
};

export const mailsTo = async (sql: Sql, email: string) => {
  const rows = await sql<{ id: string; template: string; parameters: Record<string, unknown> }[]>`
    select id, template, parameters from mail_outbox where recipient = ${email} order by created_at`;
  return [...rows];
};
