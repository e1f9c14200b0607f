import { z } from "zod";
import { inScope } from "@/db/client";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { findIndividual } from "@/db/repositories/individuals";
import {
  listAccountsOfPerson,
  listMemberAddresses,
  listPendingInvitations,
} from "@/db/repositories/invitations";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";

export interface EmployeeAccountView {
  userId: string;
  email: string;
  since: Date;
}

export interface PendingInvitationView {
  id: string;
  email: string;
  invitedBy: string | null;
  sentAt: Date;
  expiresAt: Date;
  /** Nobody pressed the button in time. */
  expired: boolean;
}

export interface EmployeeAccessView {
  accounts: EmployeeAccountView[];
  pending: PendingInvitationView | null;
}

const Input = z.strictObject({ individualId: z.uuid() });

/**
 * Who has access to one person's own pages, and who is invited to it.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getEmployeeAccess(
  ctx: Context,
  raw: z.input<typeof Input>,
): Promise<EmployeeAccessView> {
  requirePermission(ctx, "employee:invite");
  requirePermission(ctx, "individual:read");
  const input = Input.safeParse(raw);
  if (!input.success) throw notFound("person");
  const { individualId } = input.data;
  const { customerId } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const visible = (await visibleSources(tx, ctx)).map(({ id }) => id);
      const person = await findIndividual(tx, customerId, individualId, visible);
      if (!person || !can(ctx, "employee:invite", person)) throw notFound("person");
      const [held, [pending], now] = await Promise.all([
        listAccountsOfPerson(tx, customerId, individualId),
        listPendingInvitations(tx, customerId, individualId),
        readClock(tx),
      ]);
      const addresses = await listMemberAddresses(
        tx,
        held.map(({ userId }) => userId),
      );
      const names = await findUserNames(tx, pending ? [pending.invitedBy] : []);
      return {
        accounts: held.flatMap(({ userId, createdAt }) => {
          const account = addresses.find((each) => each.userId === userId);
          return account ? [{ userId, email: account.email, since: createdAt }] : [];
        }),
        pending: pending
          ? {
              id: pending.id,
              email: pending.email,
              invitedBy: names.get(pending.invitedBy) ?? null,
              sentAt: pending.createdAt,
              expiresAt: pending.expiresAt,
              expired: pending.expiresAt <= now,
            }
          : null,
      };
    },
    { readOnly: true },
  );
}
