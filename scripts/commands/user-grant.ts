import { resolveCustomer } from "@/lib/domain/customers/resolve-customer";
import { grantRole } from "@/lib/domain/team/grant-role";
import { asOperator, readArguments, report } from "../lib/operator";
import { UserError } from "../lib/user-error";

/**
 * Gives an address a role at an employer; a staff role takes “platform” instead of the employer, for staff who sign
 * in with a passkey. Employees are named by `--connection` and `--individual`.
 */
export async function userGrant(args: string[]): Promise<number> {
  const { positionals, values } = readArguments(args, {
    command: "user:grant",
    names: ["address", "role", "employer's id or exact name"],
    options: ["name", "connection", "individual"],
  });
  const [email = "", role = "", where = ""] = positionals;
  const isStaff = where === "platform";
  if (role.startsWith("staff_") && !isStaff)
    throw new UserError(
      `${role} is a role of the platform. Name the person of your identity provider with staff:add, or write ` +
        `“platform” instead of an employer for somebody who signs in with a passkey.`,
    );
  return asOperator("user:grant", async (ctx) => {
    const customer = isStaff ? null : await resolveCustomer(ctx, where);
    const { userId, granted } = await grantRole(ctx, {
      customerId: customer?.id ?? null,
      email,
      name: values["name"] ?? null,
      role,
      connectionId: values["connection"] ?? null,
      individualId: values["individual"] ?? null,
    });
    const place = customer?.name ?? "the platform";
    report(
      granted
        ? `${email} has the role ${role} at ${place} now.`
        : `${email} has the role ${role} at ${place} already. Nothing changed.`,
      { user: userId, ...(customer ? { customer: customer.id } : {}) },
      granted ? "The worker sends the mail that says so." : undefined,
    );
  });
}
