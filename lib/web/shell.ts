import "server-only";
import { cache } from "react";
import type { GrantRow } from "@/db/repositories/grants";
import { roleTable } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { getShell } from "@/lib/domain/overview/get-shell";
import { employersOf, isStaff, selfPairsOf, type EmployerView } from "@/lib/domain/users/grants";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { employerContext } from "./context";
import { orNotFound } from "./errors";
import { requireSession } from "./session";

/** The navigation's facts about an employer, read once a request: layout and page share them. */
export const readShell = cache(async (customerId: string) =>
  orNotFound(getShell(await employerContext(customerId))),
);

/**
 * What the shell says on every page: who is here, where else this person may go, which Finch environment it is. Without
 * a context, on the pages of one's own account, it names all places.
 */
export async function getShellParts(ctx: Context | null) {
  const { user, grants } = await requireSession();
  const employers = employersOf(grants);
  const places = [
    ...(selfPairsOf(grants).length > 0 ? [{ href: paths.me(), label: "My profile" }] : []),
    ...(isStaff(grants) ? [{ href: paths.admin(), label: "Administration" }] : []),
    ...(ctx === null || ctx.scope.kind === "platform" || ctx.role === "employee"
      ? employers
          .slice(0, 5)
          .map(({ customerId, name }) => ({ href: paths.employer(customerId), label: name }))
      : []),
  ];
  return {
    user: {
      name: user.name,
      email: user.email,
      roleLabel: ctx ? roleLabel(ctx, employers) : allRoles(grants),
    },
    employers: employers.map(({ customerId, name, roleLabels }) => ({
      id: customerId,
      name,
      subtitle: roleLabels.join(", "),
      href: paths.employer(customerId),
    })),
    accountLinks: [...places, { href: paths.account(), label: "Your account" }],
    environment: env().FINCH_ENVIRONMENT,
    staff: isStaff(grants),
  };
}

function roleLabel(ctx: Context, employers: readonly EmployerView[]): string {
  const { scope, role } = ctx;
  const here =
    scope.kind === "customer" ? employers.find((each) => each.customerId === scope.customerId) : undefined;
  if (here && role !== "employee") return here.roleLabels.join(", ");
  return role === "worker" ? "Worker" : roleTable[role].label;
}

const allRoles = (grants: readonly GrantRow[]) =>
  [...new Set(grants.map((grant) => grant.roleLabel))].join(", ");
