import { AddStaffInput, addStaff } from "@/lib/domain/team/add-staff";
import { env } from "@/lib/env";
import { asOperator, readArguments, report } from "../lib/operator";

/** Gives a staff role to a person of the identity provider, named by the token's issuer and subject. */
export async function staffAdd(args: string[]): Promise<number> {
  const { positionals, values } = readArguments(args, {
    command: "staff:add",
    names: ["issuer", "subject", "staff_admin or staff_support"],
    options: ["name"],
  });
  const [issuer = "", subject = "", role = ""] = positionals;
  return asOperator("staff:add", async (ctx) => {
    const input = AddStaffInput.parse({ issuer, subject, role, name: values["name"] ?? null });
    const { userId, granted } = await addStaff(ctx, input);
    report(
      granted
        ? `${input.subject} of ${input.issuer} is ${input.role} now.`
        : `${input.subject} of ${input.issuer} is ${input.role} already. Nothing changed.`,
      { user: userId },
      issuerNote(input.issuer),
    );
  });
}

/** An issuer that differs by a slash is another one: the person could not sign in. */
function issuerNote(issuer: string): string | undefined {
  const { OIDC_ISSUER } = env();
  if (OIDC_ISSUER === issuer) return undefined;
  return OIDC_ISSUER
    ? `Mind: this installation signs in at ${OIDC_ISSUER}, which is not the same.`
    : "Mind: OIDC_ISSUER is not set here, so nobody can sign in that way yet.";
}
