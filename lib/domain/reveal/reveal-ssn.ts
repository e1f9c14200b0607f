import { z } from "zod";
import { inScope } from "@/db/client";
import { findIndividual } from "@/db/repositories/individuals";
import { findSealedPlace } from "@/db/repositories/sealed-values";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { requireStepUp } from "@/lib/domain/step-up";
import { openRecorded } from "./open-recorded";
import { revealReason } from "./reason";
import type { RevealedView } from "./revealed";
import { takeRevealLimits } from "./take-reveal-limits";

export const RevealSsnInput = z.strictObject({ individualId: z.uuid(), reason: revealReason });
export type RevealSsnInput = z.input<typeof RevealSsnInput>;

/**
 * One person's SSN, for one reader and with a reason; audited before it is read (SECURITY 12).
 * @throws DomainError FORBIDDEN, NOT_FOUND, STEP_UP_REQUIRED, RATE_LIMITED, CONFLICT (it does not open)
 */
export async function revealSsn(context: Context, raw: RevealSsnInput): Promise<RevealedView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "individual:reveal_ssn");
  const { individualId, reason } = RevealSsnInput.parse(raw);
  const sealedValueId = await findSsn(ctx, individualId);
  requireStepUp(ctx);
  await takeRevealLimits(ctx);
  return openRecorded(ctx, { sealedValueId, reason });
}

function findSsn(ctx: CustomerContext, individualId: string): Promise<string> {
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      // A product that was withdrawn takes what it brought out of sight, before the next sync deletes it.
      const sources = (await visibleSources(tx, ctx)).filter(({ products }) => products.includes("ssn"));
      const visible = sources.map(({ id }) => id);
      const person = await findIndividual(tx, customerId, individualId, visible);
      if (!person) throw notFound("person");
      requirePermission(ctx, "individual:reveal_ssn", { connectionId: person.connectionId });
      const place = { ownerTable: "individuals" as const, ownerId: person.id, kind: "ssn", ordinal: 0 };
      const held = await findSealedPlace(tx, customerId, place);
      if (!held) throw notFound("SSN");
      return held.id;
    },
    { readOnly: true },
  );
}
