import { afterAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { acceptInvitation } from "@/lib/domain/invitations/accept-invitation";
import { newInvitation, rolesAt } from "@/lib/domain/invitations/testing";
import { runDailyRetention } from "./run-daily-retention";

const database = useTestDatabase();
afterAll(closeDatabase);

it("invitations go 30 days after they ended, whichever way; the access that came of one stays", async () => {
  const sql = database().sql("superuser");
  await configureDatabase({ url: database().urls.app });
  const [accepted, revoked, expired, open, young] = [
    await newInvitation(sql),
    await newInvitation(sql),
    await newInvitation(sql),
    await newInvitation(sql),
    await newInvitation(sql),
  ];
  await acceptInvitation({ token: accepted.token }, null);
  const old = sql`now() - interval '31 days'`;
  await sql`update invitations set accepted_at = ${old} where id = ${accepted.invitationId}`;
  await sql`update invitations set revoked_at = ${old} where id = ${revoked.invitationId}`;
  await sql`update invitations set expires_at = ${old} where id = ${expired.invitationId}`;
  await sql`update invitations set revoked_at = now() - interval '29 days' where id = ${young.invitationId}`;
  await configureDatabase({ url: database().urls.worker });
  const { results, failed } = await runDailyRetention({ kinds: ["invitations"] });
  expect([results, failed]).toEqual([{ invitations: 3 }, []]);
  const left = await sql<{ id: string }[]>`select id from invitations`;
  expect(new Set(left.map(({ id }) => id))).toEqual(new Set([open.invitationId, young.invitationId]));
  expect(await rolesAt(sql, accepted.customerId)).toHaveLength(1);
});
