import { inScope } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { listLimitConfirmations, type LimitConfirmationRow } from "@/db/repositories/limit-confirmations";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { irsLimits, type LimitKey, type LimitSource } from "./irs-limits";
import { limitTable, shippedLimit, type LimitValue } from "./limit-table";
import { limitYears } from "./limit-years";

/** A limit of one year, with who said so where it was an administrator. */
export interface LimitCellView {
  year: number;
  value: LimitValue;
  /** An administrator may confirm or enter it. */
  open: boolean;
  confirmed: { source: string; at: Date; version: number } | null;
}

export interface LimitRowView {
  key: LimitKey;
  label: string;
  note: string | null;
  source: LimitSource;
  cells: LimitCellView[];
}

export interface LimitsView {
  customerName: string;
  timeZone: string;
  years: number[];
  limits: LimitRowView[];
  mayConfirm: boolean;
}

/**
 * The limits of DOMAIN §4 by year with their sources, and what administrators confirmed.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listLimits(context: Context): Promise<LimitsView> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "payroll:read");
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const confirmations = await listLimitConfirmations(tx, customerId);
      const years = await limitYears(tx, customerId);
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        years,
        limits: irsLimits.map((limit) => ({
          key: limit.key,
          label: limit.label,
          note: limit.note,
          source: limit.source,
          cells: years.map((year) => toCell(limit, year, confirmations)),
        })),
        mayConfirm: can(ctx, "payroll:correct"),
      };
    },
    { readOnly: true },
  );
}

function toCell(
  limit: (typeof irsLimits)[number],
  year: number,
  confirmations: readonly LimitConfirmationRow[],
): LimitCellView {
  const shipped = shippedLimit(limit, year);
  const open = shipped.kind === "missing" || shipped.kind === "unconfirmed";
  const found = open
    ? confirmations.find((one) => one.year === year && one.limitKey === limit.key)
    : undefined;
  return {
    year,
    value: limitTable(confirmations)(limit.key, year),
    open,
    confirmed: found ? { source: found.source, at: found.confirmedAt, version: found.version } : null,
  };
}
