import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { closeDatabase, inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { useTestDatabase } from "@/db/testing";
import { confirmSignIn } from "@/lib/auth/confirm-sign-in";
import { readSession } from "@/lib/auth/read-session";
import { startSession } from "@/lib/auth/start-session";
import { getOwnIndividual } from "@/lib/domain/individuals/get-own-individual";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { insertPerson, newestToken } from "@/lib/domain/sign-in/testing";
import { mailsTo } from "@/lib/domain/team/testing";
import { employerContextOf, isStaff, selfContextOf, staffContextAt } from "@/lib/domain/users/grants";
import { acceptInvitation } from "./accept-invitation";
import { getEmployeeAccess } from "./get-employee-access";
import { getInvitation } from "./get-invitation";
import { newInvitation } from "./testing";

/**
 * Staff are somebody's employees, too. Their address is invited like any other: the administrator is not told whose it
 * is, and what it opens is the one person of the invitation, beside the platform's role and never mixed with it.
 */

const database = useTestDatabase({
  PERCH_MODE: "server",
  SMTP_URL: "smtp://127.0.0.1:2525",
  FINCH_CLIENT_SECRET: randomBytes(24).toString("hex"),
});
const sql = () => database().sql("superuser");
beforeAll(() => closeDatabase);

/** Names of all fields, without what stands in them. */
const shape = (view: unknown) => JSON.stringify(view, (_, value: unknown) => (isPlain(value) ? value : null));
const isPlain = (value: unknown) => typeof value === "object" && value !== null;

async function invitedStaff() {
  const email = `staff-${randomUUID().slice(0, 8)}@perch.example`;
  const userId = await insertPerson(sql(), email, { role: "staff_admin" });
  return { userId, person: { id: userId, email, name: null }, ...(await newInvitation(sql(), email)) };
}

it("a staff member's address is invited as any other, and nobody is told whose it is", async () => {
  const staff = await invitedStaff();
  const stranger = await newInvitation(sql());
  const seen = await getEmployeeAccess(staff.admin.ctx, { individualId: staff.individualId });
  const usual = await getEmployeeAccess(stranger.admin.ctx, { individualId: stranger.individualId });
  expect(shape(seen)).toBe(shape(usual));
  expect(seen).toMatchObject({ accounts: [], pending: { id: staff.invitationId, email: staff.email } });
  expect((await mailsTo(sql(), staff.email)).map(({ template }) => template)).toEqual(["invitation"]);
  expect(shape(await getInvitation(staff.token, null))).toBe(
    shape(await getInvitation(stranger.token, null)),
  );
  // Until it is accepted nothing changed.
  const grants = await inSystem((tx) => listGrants(tx, staff.userId));
  expect(grants.map(({ role }) => role)).toEqual(["staff_admin"]);
});

it("accepted, it gives staff their own person and no more of the employer", async () => {
  const { token, userId, person, customerId, individualId, connectionId } = await invitedStaff();
  expect(await acceptInvitation({ token }, null)).toMatchObject({ state: "accepted", individualId });
  const grants = await inSystem((tx) => listGrants(tx, userId));
  expect(grants.map(({ role }) => role).sort()).toEqual(["employee", "staff_admin"]);
  const self = selfContextOf(person, grants);
  if (!self) throw new Error("no own pages");
  expect(self.pair).toMatchObject({ customerId, connectionId, individualId });
  expect((await getOwnIndividual(self.ctx)).person.id).toBe(individualId);
  expect([...self.ctx.permissions]).toEqual(["self:read"]);
  expect(employerContextOf(person, grants, customerId)).toBeNull();
  const asStaff = staffContextAt(person, grants, customerId);
  expect(asStaff?.grants).toMatchObject({ pay: false, payroll: false, pii: false, documents: false });
  expect(
    [...(asStaff?.permissions ?? [])].filter((name) => /^(payroll|individual|self):/.test(name)),
  ).toEqual([]);
});

it("on a server a mailed link opens staff their own pages and never the platform; a passkey opens both", async () => {
  const { token, userId, email } = await invitedStaff();
  const byMail = async () => {
    const { nonce } = await requestSignIn({ email }, { ip: "127.0.0.1" });
    return confirmSignIn({ token: (await newestToken(sql(), email)) ?? "", nonce });
  };
  expect(await byMail()).toEqual({ state: "over" });
  await acceptInvitation({ token }, null);
  const done = await byMail();
  if (done.state !== "signed-in") throw new Error(done.state);
  const mailed = await readSession(done.session.token);
  expect(mailed?.grants.map(({ role }) => role)).toEqual(["employee"]);
  expect(isStaff(mailed?.grants ?? [])).toBe(false);
  const { token: other } = await startSession({ userId, method: "passkey", userAgent: null, ip: null });
  const strong = await readSession(other);
  expect(strong?.grants.map(({ role }) => role).sort()).toEqual(["employee", "staff_admin"]);
});
