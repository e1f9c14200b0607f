import { z } from "zod";
import { inScope } from "@/db/client";
import { findCustomer, listCustomersCalled } from "@/db/repositories/customers";
import { requirePermission } from "@/lib/auth/permissions";
import { platformCustomerId, type Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";

/**
 * The one employer with this id or exactly this name.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT (several of that name)
 */
export async function resolveCustomer(ctx: Context, idOrName: string): Promise<{ id: string; name: string }> {
  requirePermission(ctx, "platform:customers");
  const wanted = idOrName.normalize("NFKC").trim().replace(/\s+/g, " ");
  const isId = z.uuid().safeParse(wanted).success && wanted !== platformCustomerId;
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const byId = isId ? await findCustomer(tx, wanted) : null;
      const found = byId ? [byId] : await listCustomersCalled(tx, wanted);
      const [only, second] = found;
      if (!only)
        throw new DomainError("NOT_FOUND", `There is no employer with the id or the exact name “${wanted}”.`);
      if (second) {
        const ids = found.map(({ id }) => id).join(", ");
        throw new DomainError(
          "CONFLICT",
          `Several employers are called “${wanted}”. Give the id instead: ${ids}`,
        );
      }
      return { id: only.id, name: only.name };
    },
    { readOnly: true },
  );
}
