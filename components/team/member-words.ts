import type { MemberRoleView, MemberView } from "@/lib/domain/team/list-members";

export const memberName = ({ name, email }: Pick<MemberView, "name" | "email">): string =>
  name ?? (email.endsWith(".invalid") ? "Single sign-on account" : email);

/** The address, where it says more than the name does. */
export function memberAddress({ name, email }: Pick<MemberView, "name" | "email">): string | null {
  return name === null || email.endsWith(".invalid") ? null : email;
}

/** "Payroll manager · Gusto", "Employee · Ana Ruiz, Gusto". */
export function roleWords({ label, limit, person }: MemberRoleView): string {
  if (!limit) return label;
  const provider = limit.provider ?? "a connection you do not see";
  const where = limit.disconnected ? `${provider}, disconnected` : provider;
  return `${label} · ${person ? `${person}, ` : ""}${where}`;
}
