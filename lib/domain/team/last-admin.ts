/** The roles that administer a place. */
export const adminRoles: ReadonlySet<string> = new Set(["employer_admin", "staff_admin"]);

/** Why the last administrator's role stays, and what to do. */
export function lastAdminRemedy(platform: boolean, own: boolean): string {
  const [role, where] = platform ? ["staff admin", "the platform"] : ["employer admin", "this employer"];
  const who = own ? `You are the last ${role} of ${where}` : `This is the last ${role} of ${where}`;
  return `${who}. Make somebody else ${role} first.`;
}
