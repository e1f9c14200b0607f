import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { getOwnIndividual } from "@/lib/domain/individuals/get-own-individual";
import { auditOf, mailsTo, newPerson } from "@/lib/domain/team/testing";
import { selfContextOf } from "@/lib/domain/users/grants";
import { acceptInvitation } from "./accept-invitation";
import { getInvitation } from "./get-invitation";
import { invitationToken } from "./secrets";
import { newInvitation, rolesAt } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const over = { state: "over" };

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

const userOf = async (email: string) => {
  const [row] = await sql()<{ id: string }[]>`select id from users where email = ${email}`;
  return row?.id ?? "";
};

describe("accepting an invitation", () => {
  it("gives the invited address the one person of the invitation, is audited and told to whoever invited", async () => {
    const { admin, customerId, connectionId, individualId, invitationId, email, token } =
      await newInvitation(sql());
    expect(await acceptInvitation({ token }, null)).toEqual({ state: "accepted", email, individualId });
    expect(await rolesAt(sql(), customerId)).toEqual([{ email, connectionId, individualId }]);
    const id = await userOf(email);
    const grants = await inSystem((tx) => listGrants(tx, id));
    const self = selfContextOf({ id, email, name: null }, grants);
    expect((await getOwnIndividual(self?.ctx ?? admin.ctx)).person.id).toBe(individualId);
    expect((await auditOf(sql(), customerId, individualId)).at(-1)).toEqual({
      action: "invitation.accept",
      actor: id,
      details: { role: "employee", connectionId, invitationId, proof: "link" },
    });
    const [told] = await mailsTo(sql(), admin.email);
    expect(told).toMatchObject({
      template: "invitation-accepted",
      parameters: { customerId, individualId, subjectId: id },
    });
  });

  it("opens no session: the address is proven anew by signing in", async () => {
    const { token, email } = await newInvitation(sql());
    await acceptInvitation({ token }, null);
    expect(await sql()`select id from sessions where user_id = ${await userOf(email)}`).toHaveLength(0);
  });

  it("joins the account that the address has, and gives its sessions a new token", async () => {
    const known = await createTestUser(sql(), { email: `known-${crypto.randomUUID()}@home.test` });
    await sql()`insert into sessions (session_token, user_id, expires) values (${known.id}, ${known.id}, now() + interval '1 hour')`;
    const { token, customerId, email } = await newInvitation(sql(), known.email);
    const visitor = { email: known.email };
    expect(await getInvitation(token, visitor)).toMatchObject({ state: "open", visitor: "invited" });
    expect(await acceptInvitation({ token }, visitor)).toMatchObject({ state: "accepted" });
    expect(await rolesAt(sql(), customerId)).toMatchObject([{ email }]);
    const [session] = await sql()`select rotate_due as due from sessions where user_id = ${known.id}`;
    expect(session).toEqual({ due: true });
  });

  it("works once: of ten at the same moment one gives the role, and none after it", async () => {
    const { token, customerId, individualId } = await newInvitation(sql());
    const answers = await Promise.all(Array.from({ length: 10 }, () => acceptInvitation({ token }, null)));
    expect(answers.filter(({ state }) => state === "accepted")).toHaveLength(1);
    expect(answers.filter(({ state }) => state === "over")).toHaveLength(9);
    expect(await acceptInvitation({ token }, null)).toEqual(over);
    expect(await getInvitation(token, null)).toEqual(over);
    expect(await rolesAt(sql(), customerId)).toHaveLength(1);
    const accepted = (await auditOf(sql(), customerId, individualId)).filter(
      ({ action }) => action === "invitation.accept",
    );
    expect(accepted).toHaveLength(1);
  });

  it("is refused to whoever is signed in with another address, and stays open for the right one", async () => {
    const { token, customerId, email } = await newInvitation(sql());
    const other = await newPerson(sql(), customerId, "payroll_manager");
    const visitor = { email: other.email };
    expect(await getInvitation(token, visitor)).toMatchObject({ state: "open", visitor: "other" });
    expect(await acceptInvitation({ token }, visitor)).toEqual({ state: "other-address" });
    expect(await rolesAt(sql(), customerId)).toEqual([]);
    expect(await acceptInvitation({ token }, null)).toMatchObject({ state: "accepted", email });
    expect((await inSystem((tx) => listGrants(tx, other.userId))).map(({ role }) => role)).toEqual([
      "payroll_manager",
    ]);
  });

  it("is not spent by looking at it, however often a mail scanner does", async () => {
    const { token, name } = await newInvitation(sql());
    for (let look = 0; look < 5; look++) {
      expect(await getInvitation(token, null)).toMatchObject({
        state: "open",
        employer: name,
        inviter: expect.stringMatching(/./) as string,
        maskedAddress: `a•••@h•••.test`,
        visitor: "nobody",
      });
    }
    expect(await acceptInvitation({ token }, null)).toMatchObject({ state: "accepted" });
  });
});

describe("an invitation is over, and says no more than that,", () => {
  const ended: [why: string, end: (its: Awaited<ReturnType<typeof newInvitation>>) => Promise<unknown>][] = [
    [
      "after 72 hours",
      ({ invitationId }) =>
        sql()`update invitations set expires_at = now() - interval '1 second' where id = ${invitationId}`,
    ],
    [
      "when its row says that it was taken back",
      ({ invitationId }) => sql()`update invitations set revoked_at = now() where id = ${invitationId}`,
    ],
    [
      "when its row says that it was accepted",
      ({ invitationId }) => sql()`update invitations set accepted_at = now() where id = ${invitationId}`,
    ],
    [
      "when its lookup has run out",
      ({ invitationId }) =>
        sql()`update lookups set expires_at = now() - interval '1 second' where row_id = ${invitationId}`,
    ],
    [
      "when whoever invited lost the role",
      ({ admin }) => sql()`delete from user_roles where user_id = ${admin.userId}`,
    ],
    [
      "when whoever invited became a payroll manager",
      ({ admin }) => sql()`update user_roles set role = 'payroll_manager' where user_id = ${admin.userId}`,
    ],
    [
      "when whoever invited was disabled",
      ({ admin }) => sql()`update users set disabled_at = now() where id = ${admin.userId}`,
    ],
    [
      "when the provider was disconnected",
      ({ connectionId }) => sql()`update connections set disconnected_at = now() where id = ${connectionId}`,
    ],
    [
      "when the person left the mirror",
      ({ individualId }) => sql()`update individuals set deleted_at = now() where id = ${individualId}`,
    ],
    [
      "when the person was erased",
      ({ individualId }) => sql()`delete from individuals where id = ${individualId}`,
    ],
  ];
  it.each(ended)("%s", async (_why, end) => {
    const its = await newInvitation(sql());
    await end(its);
    expect(await getInvitation(its.token, null)).toEqual(over);
    expect(await acceptInvitation({ token: its.token }, null)).toEqual(over);
    expect(await rolesAt(sql(), its.customerId)).toEqual([]);
    expect(await sql()`select id from users where email = ${its.email}`).toHaveLength(0);
  });

  it("when it never was: a guess, a changed letter, another kind of link", async () => {
    const { token, invitationId } = await newInvitation(sql());
    const changed = `${token.slice(0, -2)}${token.at(-2) === "A" ? "B" : "A"}${token.at(-1)}`;
    for (const wrong of [changed, "", "x", invitationId, token.slice(1), `${token}a`, invitationToken("x")]) {
      expect(await getInvitation(wrong, null)).toEqual(over);
      expect(await acceptInvitation({ token: wrong }, null)).toEqual(over);
    }
    expect(await getInvitation(token, null)).toMatchObject({ state: "open" });
  });
});

describe("access ends", () => {
  it("with the connection: nothing of the person is left on the own pages", async () => {
    const { token, connectionId, email } = await newInvitation(sql());
    await acceptInvitation({ token }, null);
    const id = await userOf(email);
    const self = selfContextOf({ id, email, name: null }, await inSystem((tx) => listGrants(tx, id)));
    if (!self) throw new Error("no access");
    expect((await getOwnIndividual(self.ctx)).person.id).toBe(self.pair.individualId);
    await sql()`update connections set disconnected_at = now() where id = ${connectionId}`;
    await expect(getOwnIndividual(self.ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await sql()`update connections set disconnected_at = null where id = ${connectionId}`;
    await sql()`delete from individuals where id = ${self.pair.individualId}`;
    await expect(getOwnIndividual(self.ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
