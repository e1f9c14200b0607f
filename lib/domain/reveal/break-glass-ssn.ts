import { z } from "zod";
import { inScope } from "@/db/client";
import { notifyAdmins } from "@/db/repositories/notices";
import { findSealedPlace } from "@/db/repositories/sealed-values";
import { findStaffPerson } from "@/db/repositories/staff-people";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { requireStepUp } from "@/lib/domain/step-up";
import { nameOr } from "@/lib/format/names";
import { openRecorded } from "./open-recorded";
import { breakGlassReason } from "./reason";
import type { RevealedView } from "./revealed";
import { takeRevealLimits } from "./take-reveal-limits";

export const BreakGlassSsnInput = z.strictObject({
  customerId: z.uuid(),
  individualId: z.uuid(),
  reason: breakGlassReason,
  /** The person's name, typed. */
  name: z.string().max(300),
});
export type BreakGlassSsnInput = z.input<typeof BreakGlassSsnInput>;

const plain = (name: string) => name.trim().replace(/\s+/g, " ").toLocaleLowerCase("en-US");

/**
 * One SSN of any employer, for a staff administrator in an emergency. The record stands in the employer's audit, and
 * its administrators get a mail in the same transaction: both are there before the value is read (SECURITY 12).
 * @throws DomainError FORBIDDEN, NOT_FOUND, INVALID (the typed name differs), STEP_UP_REQUIRED, RATE_LIMITED, CONFLICT
 */
export async function breakGlassSsn(context: Context, raw: BreakGlassSsnInput): Promise<RevealedView> {
  requirePermission(context, "platform:break_glass");
  const { customerId, individualId, reason, name } = BreakGlassSsnInput.parse(raw);
  const ctx = requireCustomer({
    ...context,
    scope: { kind: "customer", customerId, connectionIds: "all" },
  });
  const found = await findTarget(ctx, individualId);
  if (plain(name) !== plain(found.personName))
    throw new DomainError("INVALID", `Type “${found.personName}” to confirm whose SSN it is.`, {
      field: "name",
    });
  requireStepUp(ctx);
  await takeRevealLimits(ctx);
  const actorId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  return openRecorded(ctx, {
    sealedValueId: found.sealedValueId,
    reason,
    alongside: (tx) => notifyAdmins(tx, "break-glass", { customerId, individualId, actorId, reason }),
  });
}

interface Target {
  sealedValueId: string;
  personName: string;
}

function findTarget(ctx: CustomerContext, individualId: string): Promise<Target> {
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const person = await findStaffPerson(tx, customerId, individualId);
      if (!person?.products.includes("ssn")) throw notFound("person");
      const place = { ownerTable: "individuals" as const, ownerId: person.id, kind: "ssn", ordinal: 0 };
      const held = await findSealedPlace(tx, customerId, place);
      if (!held) throw notFound("SSN");
      const personName = nameOr({ first: person.firstName, last: person.lastName });
      return { sealedValueId: held.id, personName };
    },
    { readOnly: true },
  );
}
