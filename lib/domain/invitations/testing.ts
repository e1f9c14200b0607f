import type { Sql } from "postgres";
import { createTestIndividuals } from "@/db/seed/factories";
import { newPerson, newTeam } from "@/lib/domain/team/testing";
import { inviteEmployee } from "./invite-employee";
import { invitationToken } from "./secrets";

/** An employer with an administrator who invited the person behind an individual. `sql` is a superuser's. */
export async function newInvitation(sql: Sql, email = `ada-${crypto.randomUUID().slice(0, 8)}@home.test`) {
  const team = await newTeam(sql);
  await inviteEmployee(team.admin.ctx, { individualId: team.individualId, email });
  return { ...team, email, ...(await newestInvitation(sql, team.individualId)) };
}

/** The newest invitation of a person, with the token that its mail carries. */
export async function newestInvitation(sql: Sql, individualId: string) {
  const [row] = await sql<{ id: string }[]>`
    select id from invitations where individual_id = ${individualId} order by created_at desc limit 1`;
  if (!row) throw new Error("nobody was invited");
  return { invitationId: row.id, token: invitationToken(row.id) };
}

export const rolesAt = async (sql: Sql, customerId: string) => {
  const rows = await sql<{ email: string; connectionId: string; individualId: string }[]>`
    select u.email, g.connection_id as "connectionId", g.individual_id as "individualId" from user_roles g
    join users u on u.id = g.user_id where g.customer_id = ${customerId} and g.role = 'employee' order by u.email`;
  return [...rows];
};

/** A second administrator and another individual of the same connection. */
export async function another(sql: Sql, team: { customerId: string; connectionId: string }) {
  const [individualId = ""] = await createTestIndividuals(sql, { ...team, count: 1, offset: 50 });
  return { individualId, admin: await newPerson(sql, team.customerId) };
}
