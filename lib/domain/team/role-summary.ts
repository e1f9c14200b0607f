import type { RoleRow } from "@/db/repositories/roles";
import { permissions } from "@/lib/auth/permissions";

/** One sentence on what a role may do, for who is about to give it. */
const summaries: Record<string, string> = {
  employer_admin:
    "Everything here: all data, connections, the team and the audit. Opens SSNs and bank numbers one at a time, with a reason.",
  payroll_manager: "Directory, profiles, income and exports. No SSN, bank numbers or protected traits.",
  hr_viewer: "Directory, birth dates and home addresses. No income, SSN or protected traits.",
  employee:
    "Only their own profile, pay statements and totals, as one person of the directory. Invited by mail; begins once they accept.",
};

const listed = new Intl.ListFormat("en-US", { style: "long", type: "conjunction" });

/** A role of the employer's own making is described by its permissions. */
export function roleSummary({ name, own, permissions: granted }: RoleRow): string {
  const known = own ? undefined : summaries[name];
  if (known) return known;
  const may = granted.flatMap((permission) => {
    const description = Object.entries(permissions).find(([key]) => key === permission)?.[1];
    return description ? [description.charAt(0).toLowerCase() + description.slice(1)] : [];
  });
  return may.length > 0 ? `May ${listed.format(may)}.` : "Opens nothing yet.";
}
