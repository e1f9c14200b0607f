import { randomUUID } from "node:crypto";
import { inScope } from "@/db/client";
import { insertCustomer, listCustomersCalled, lockCustomerName } from "@/db/repositories/customers";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import type { Context } from "@/lib/domain/context";
import { CreateCustomerInput } from "./create-customer";

const EnsureCustomerInput = CreateCustomerInput.omit({ id: true });

/**
 * The employer of exactly this name, created where there is none: for who sets up a server by commands that may be
 * repeated. Two at once make one.
 * @throws DomainError FORBIDDEN
 */
export async function ensureCustomer(
  ctx: Context,
  raw: { name: string; timeZone?: string },
): Promise<{ id: string; name: string; created: boolean }> {
  requirePermission(ctx, "platform:customers");
  const { name, timeZone } = EnsureCustomerInput.parse(raw);
  const id = randomUUID();
  const scope = { kind: "customer" as const, customerId: id, connectionIds: "all" as const };
  return inScope({ ...ctx, scope }, async (tx) => {
    await lockCustomerName(tx, name);
    const [known] = await listCustomersCalled(tx, name);
    if (known) return { id: known.id, name, created: false };
    await insertCustomer(tx, { id, name, timeZone });
    await recordAudit(tx, ctx, "customer.create", { type: "customer", id }, { name });
    return { id, name, created: true };
  });
}
