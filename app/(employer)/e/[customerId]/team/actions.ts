"use server";

import { z } from "zod";
import { inviteEmployee } from "@/lib/domain/invitations/invite-employee";
import { GrantRoleInput, grantRole } from "@/lib/domain/team/grant-role";
import { RecoverAccountInput, recoverAccount } from "@/lib/domain/team/recover-account";
import { RemoveRoleInput, removeRole } from "@/lib/domain/team/remove-role";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

/** Here an employer is always named: the platform's own roles are not this page's. */
const at = { customerId: z.uuid() };

export const grantRoleAction = action(GrantRoleInput.extend(at), async (input) => {
  const ctx = await employerContext(input.customerId);
  const { role, individualId, email } = input;
  // An employee confirms the address before anything of the person is shown (SECURITY 23).
  if (role === "employee" && individualId) {
    await inviteEmployee(ctx, { individualId, email });
    return { granted: true, invited: true };
  }
  const { granted } = await grantRole(ctx, input);
  return { granted, invited: false };
});

export const removeRoleAction = action(RemoveRoleInput.extend(at), async (input) =>
  removeRole(await employerContext(input.customerId), input),
);

export const recoverAccountAction = action(RecoverAccountInput.extend(at), async (input) => {
  await recoverAccount(await employerContext(input.customerId), input);
  return { done: true as const };
});
