import { randomUUID } from "node:crypto";
import { z } from "zod";
import { inScope } from "@/db/client";
import { insertCustomer } from "@/db/repositories/customers";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import type { Context } from "@/lib/domain/context";

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en-US", { timeZone: zone }));
  } catch {
    return false;
  }
}

export const CreateCustomerInput = z.strictObject({
  /** Given by who must be able to repeat the call. */
  id: z.uuid().optional(),
  name: z
    .string()
    .transform((name) => name.normalize("NFKC").trim().replace(/\s+/g, " "))
    .pipe(z.string().min(1, "Enter the employer's name.").max(200, "Use at most 200 characters.")),
  timeZone: z
    .string()
    .refine(isTimeZone, "Use an IANA zone such as America/New_York.")
    .default("America/New_York"),
});
export type CreateCustomerInput = z.input<typeof CreateCustomerInput>;

/**
 * Creates an employer, without connections and without people.
 * Idempotent where an id is given.
 * @throws DomainError FORBIDDEN
 */
export async function createCustomer(
  ctx: Context,
  raw: CreateCustomerInput,
): Promise<{ id: string; created: boolean }> {
  requirePermission(ctx, "platform:customers");
  const { id = randomUUID(), name, timeZone } = CreateCustomerInput.parse(raw);
  const scope = { kind: "customer" as const, customerId: id, connectionIds: "all" as const };
  return inScope({ ...ctx, scope }, async (tx) => {
    const created = await insertCustomer(tx, { id, name, timeZone });
    if (created) await recordAudit(tx, ctx, "customer.create", { type: "customer", id }, { name });
    return { id, created };
  });
}
