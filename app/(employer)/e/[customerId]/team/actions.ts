"use server";

import { z } from "zod";
import { GrantRoleInput, grantRole } from "@/lib/domain/team/grant-role";
import { RecoverAccountInput, recoverAccount } from "@/lib/domain/team/recover-account";
import { RemoveRoleInput, removeRole } from "@/lib/domain/team/remove-role";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

/** Here an employer is always named: the platform's own roles are not this page's. */
const at = { customerId: z.uuid() };

export const grantRoleAction = action(GrantRoleInput.extend(at), async (input) => {
  const { granted } = await grantRole(await employerContext(input.customerId), input);
  return { granted };
});

export const removeRoleAction = action(RemoveRoleInput.extend(at), async (input) =>
  removeRole(await employerContext(input.customerId), input),
);

export const recoverAccountAction = action(RecoverAccountInput.extend(at), async (input) => {
  await recoverAccount(await employerContext(input.customerId), input);
  return { done: true as const };
});
