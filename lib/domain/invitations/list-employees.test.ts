import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestIndividuals, createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { newPerson, newTeam } from "@/lib/domain/team/testing";
import { testContext } from "@/lib/domain/testing";
import { acceptInvitation } from "./accept-invitation";
import { inviteEmployee } from "./invite-employee";
import { listEmployees } from "./list-employees";
import { newestInvitation, newInvitation } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

it("names who has access, who is invited and whose link ran out; by state, person and address", async () => {
  const team = await newInvitation(sql(), "ada@list.test");
  const { admin, customerId, connectionId } = team;
  await acceptInvitation({ token: team.token }, null);
  const [ben = "", cleo = ""] = await createTestIndividuals(sql(), {
    customerId,
    connectionId,
    count: 2,
    offset: 70,
  });
  await inviteEmployee(admin.ctx, { individualId: ben, email: "ben@list.test" });
  await inviteEmployee(admin.ctx, { individualId: cleo, email: "cleo@list.test" });
  const { invitationId } = await newestInvitation(sql(), cleo);
  await sql()`update invitations set expires_at = now() - interval '1 minute' where id = ${invitationId}`;
  const { employees, counts } = await listEmployees(admin.ctx, {});
  expect(counts).toEqual({ active: 1, invited: 1, expired: 1 });
  expect(employees.map(({ email, state, known }) => [email, state, known])).toEqual([
    ["cleo@list.test", "expired", true],
    ["ben@list.test", "invited", true],
    ["ada@list.test", "active", true],
  ]);
  const emails = async (input: Parameters<typeof listEmployees>[1]) =>
    (await listEmployees(admin.ctx, input)).employees.map(({ email }) => email);
  expect(await emails({ state: "active" })).toEqual(["ada@list.test"]);
  expect(await emails({ search: "BEN@list" })).toEqual(["ben@list.test"]);
  expect(await emails({ search: "first00072" })).toEqual(["cleo@list.test"]);
  expect(await emails({ search: "%" })).toEqual([]);
  await sql()`update connections set disconnected_at = now() where id = ${connectionId}`;
  const hidden = await listEmployees(admin.ctx, {});
  expect(hidden.employees.map(({ name, known }) => [name, known])).toEqual([
    [null, false],
    [null, false],
    [null, false],
  ]);
});

it("pages through thousands by key, forwards and back, without leaving anybody out", async () => {
  const { admin, customerId, connectionId } = await newTeam(sql());
  await createTestIndividuals(sql(), { customerId, connectionId, count: 120, offset: 200 });
  const user = await createTestUser(sql());
  // The same instant for all: the id decides.
  await sql()`insert into user_roles (customer_id, user_id, role, connection_id, individual_id, created_at)
    select customer_id, ${user.id}, 'employee', connection_id, id, '2026-03-01' from individuals where customer_id = ${customerId}`;
  const seen: string[] = [];
  const places: (string | null)[] = [];
  let after: string | null = null;
  do {
    const page = await listEmployees(admin.ctx, { after });
    places.push(page.previous);
    seen.push(...page.employees.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect([seen.length, new Set(seen).size]).toEqual([122, 122]);
  expect(places[0]).toBeNull();
  const back = await listEmployees(admin.ctx, { before: places[1] ?? null });
  expect(back.employees.map(({ id }) => id)).toEqual(seen.slice(0, 50));
  expect([back.previous, back.next === null]).toEqual([null, false]);
});

it("is for who may invite, within their connections", async () => {
  const { customerId, connectionId, email, admin } = await newInvitation(sql());
  for (const role of ["hr_viewer", "payroll_manager"] as const) {
    const { ctx } = await newPerson(sql(), customerId, role);
    await expect(listEmployees(ctx, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  const permissions = new Set(admin.ctx.permissions);
  permissions.delete("individual:read");
  await expect(listEmployees({ ...admin.ctx, permissions }, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  const other = await newTeam(sql());
  const emailsOf = async (ctx: typeof admin.ctx) =>
    (await listEmployees(ctx, {})).employees.map((employee) => employee.email);
  expect(await emailsOf(other.admin.ctx)).toEqual([]);
  const limited = (id: string) =>
    testContext("employer_admin", customerId, { connectionIds: [id], userId: admin.userId });
  expect(await emailsOf(limited(connectionId))).toEqual([email]);
  expect(await emailsOf(limited(other.connectionId))).toEqual([]);
});
