/** Why the last administrator's role stays, and what to do. */
export function lastAdminRemedy(platform: boolean, own: boolean): string {
  const [role, where] = platform ? ["staff admin", "the platform"] : ["employer admin", "this employer"];
  const who = own ? `You are the last ${role} of ${where}` : `This is the last ${role} of ${where}`;
  return `${who}. Make somebody else ${role} first.`;
}
