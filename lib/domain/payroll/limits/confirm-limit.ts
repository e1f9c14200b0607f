import { z } from "zod";
import { inScope } from "@/db/client";
import { insertLimitConfirmation, updateLimitConfirmation } from "@/db/repositories/limit-confirmations";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { formatMoney } from "@/lib/format/money";
import { readText } from "../items/texts";
import { irsLimits, limitKeys } from "./irs-limits";
import { shippedLimit } from "./limit-table";
import { limitYears } from "./limit-years";

export const ConfirmLimitInput = z.strictObject({
  year: z.number().int(),
  limitKey: z.enum(limitKeys),
  /** Whole US cents, as text. */
  amountCents: z.string().regex(/^\d{1,12}$/, "Enter an amount in dollars, such as 24,500."),
  source: readText({ min: 5, max: 300, what: "Say where the figure stands, for example an IRS notice." }),
  /** Of the confirmation that is changed; null for a first one. */
  version: z.number().int().nullable(),
});
export type ConfirmLimitInput = z.input<typeof ConfirmLimitInput>;

/**
 * An administrator confirms a figure that Perch holds from memory, or enters one that is missing, with its source.
 * What the IRS's own page gave is not changed here.
 * @throws DomainError FORBIDDEN, INVALID, CONFLICT where somebody else was faster
 */
export async function confirmLimit(context: Context, raw: ConfirmLimitInput): Promise<{ year: number }> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "payroll:correct");
  const { version, amountCents, ...input } = ConfirmLimitInput.parse(raw);
  const limit = irsLimits.find(({ key }) => key === input.limitKey);
  const shipped = limit && shippedLimit(limit, input.year).kind;
  if (shipped === "known" || shipped === "none")
    throw new DomainError("INVALID", "This figure is confirmed already and cannot be changed.", {
      field: "limitKey",
    });
  if (BigInt(amountCents) === 0n)
    throw new DomainError("INVALID", "Enter an amount above zero.", { field: "amountCents" });
  await inScope(ctx, async (tx) => {
    if (!(await limitYears(tx, customerId)).includes(input.year))
      throw new DomainError("INVALID", "Choose one of the years of the table.", { field: "year" });
    const row = {
      customerId,
      ...input,
      amountCents: BigInt(amountCents),
      confirmedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    };
    const written =
      version === null
        ? await insertLimitConfirmation(tx, row)
        : await updateLimitConfirmation(tx, row, version);
    if (!written)
      throw new DomainError(
        "CONFLICT",
        "Somebody else has just entered this limit. Look at the new figure, then decide again.",
      );
    await recordAudit(
      tx,
      ctx,
      "limit.confirm",
      { type: "limit", id: `${input.limitKey} ${input.year}` },
      {
        limit: limit?.label ?? input.limitKey,
        year: String(input.year),
        amount: formatMoney(BigInt(amountCents), "USD"),
        source: input.source,
      },
    );
  });
  return { year: input.year };
}
