import { z } from "zod";
import { inScope } from "@/db/client";
import { listCompanies } from "@/db/repositories/company-details";
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

const Account = z.strictObject({
  connectionId: z.uuid(),
  companyId: z.uuid(),
  /** The account's place in the provider's list, from 0. */
  ordinal: z.number().int().min(0).max(1000),
  number: z.enum(["account", "routing"]),
});
type Account = z.infer<typeof Account>;

export const RevealBankNumberInput = Account.extend({ reason: revealReason });
export type RevealBankNumberInput = z.input<typeof RevealBankNumberInput>;

/**
 * The account or the routing number of one bank account; audited before it is read (SECURITY 12).
 * @throws DomainError FORBIDDEN, NOT_FOUND, STEP_UP_REQUIRED, RATE_LIMITED, CONFLICT (it does not open)
 */
export async function revealBankNumber(context: Context, raw: RevealBankNumberInput): Promise<RevealedView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "company:reveal_bank");
  const { reason, ...account } = RevealBankNumberInput.parse(raw);
  const sealedValueId = await findNumber(ctx, account);
  requireStepUp(ctx);
  await takeRevealLimits(ctx);
  return openRecorded(ctx, { sealedValueId, reason });
}

function findNumber(ctx: CustomerContext, account: Account): Promise<string> {
  const { customerId } = ctx.scope;
  const { connectionId, companyId, ordinal, number } = account;
  return inScope(
    ctx,
    async (tx) => {
      const source = (await visibleSources(tx, ctx)).find(({ id }) => id === connectionId);
      if (!source?.products.includes("company")) throw notFound("bank account");
      requirePermission(ctx, "company:reveal_bank", { connectionId });
      const companies = await listCompanies(tx, customerId, connectionId);
      if (!companies.some(({ id }) => id === companyId)) throw notFound("bank account");
      const place = { ownerTable: "companies" as const, ownerId: companyId, kind: number, ordinal };
      const held = await findSealedPlace(tx, customerId, place);
      if (!held) throw notFound("bank account");
      return held.id;
    },
    { readOnly: true },
  );
}
