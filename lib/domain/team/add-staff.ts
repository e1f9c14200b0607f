import { z } from "zod";
import { inScope } from "@/db/client";
import { ensureStaffIdentity } from "@/db/repositories/team";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { requireStepUp } from "@/lib/domain/step-up";
import { atCustomer } from "./authority";
import { giveRole, requireGivable } from "./grant-role";
import { PersonName } from "./inputs";

/** An issuer as OpenID Connect Discovery 1.0 defines it: https, no query, no fragment. */
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash, username } = new URL(value);
  const isLocal = protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || isLocal) && !search && !hash && !username && !/\s/.test(value);
}

export const AddStaffInput = z.strictObject({
  /** Exactly as the identity provider writes it in its tokens, with or without a slash at the end. */
  issuer: z
    .string()
    .max(500)
    .refine(
      isIssuer,
      "Give the issuer's address as it stands in its tokens, such as https://login.company.com.",
    ),
  /** The provider's own id of the person (the claim “sub”), never an address. */
  subject: z
    .string()
    .min(1, "Give the subject: the person's id at the identity provider.")
    .max(255, "A subject has at most 255 characters.")
    .regex(/^[\x21-\x7e]+$/, "A subject has no spaces and only ASCII characters."),
  role: z.enum(["staff_admin", "staff_support"], "A staff role is staff_admin or staff_support."),
  name: PersonName,
});
export type AddStaffInput = z.input<typeof AddStaffInput>;

/**
 * Gives a staff role to somebody of the identity provider: issuer and subject are the identity, no address is linked.
 * Idempotent.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED
 */
export async function addStaff(
  ctx: Context,
  raw: AddStaffInput,
): Promise<{ userId: string; granted: boolean }> {
  const { role: name, ...identity } = AddStaffInput.parse(raw);
  requirePermission(ctx, "platform:users");
  requireStepUp(ctx);
  const here = atCustomer(ctx, null);
  const wanted = { customerId: null, role: name, connectionId: null, individualId: null };
  return inScope(here, async (tx) => {
    const role = await requireGivable(tx, here, wanted, "platform:users");
    const userId = await ensureStaffIdentity(tx, identity);
    return { userId, granted: await giveRole(tx, here, { ...wanted, userId, role, mail: false }) };
  });
}
