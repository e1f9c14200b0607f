/** Who and what the demo holds. The ids are fixed, so that a seed that was cut short goes on where it stopped. */

export const demoCustomers = {
  acme: { id: "ac3e0000-0000-4000-8000-000000000001", name: "Acme Inc.", providerId: "gusto" },
  globex: { id: "910be000-0000-4000-8000-000000000002", name: "Globex", providerId: null },
  initech: { id: "141ec000-0000-4000-8000-000000000003", name: "Initech", providerId: "paychex_flex" },
} as const;

export type DemoCustomer = keyof typeof demoCustomers;

export interface DemoGrant {
  email: string;
  name: string;
  role: "employer_admin" | "payroll_manager" | "hr_viewer" | "staff_admin" | "staff_support";
  /** Null for the platform. */
  at: DemoCustomer | null;
}

export const demoGrants: readonly DemoGrant[] = [
  { email: "admin@acme.test", name: "Ada Marsh", role: "employer_admin", at: "acme" },
  { email: "payroll@acme.test", name: "Paul Okoye", role: "payroll_manager", at: "acme" },
  { email: "viewer@acme.test", name: "Vera Lind", role: "hr_viewer", at: "acme" },
  { email: "admin@globex.test", name: "Gus Romero", role: "employer_admin", at: "globex" },
  { email: "peo@perch.test", name: "Petra Olsen", role: "payroll_manager", at: "acme" },
  { email: "peo@perch.test", name: "Petra Olsen", role: "hr_viewer", at: "initech" },
  { email: "staff@perch.test", name: "Stella Frost", role: "staff_admin", at: null },
  { email: "support@perch.test", name: "Sam Porter", role: "staff_support", at: null },
];

/** Who connected each employer. Initech's administrator left afterwards: nobody there can reconnect. */
export const demoConnectors = {
  acme: { email: "admin@acme.test", name: "Ada Marsh", leaves: false },
  initech: { email: "founder@initech.test", name: "Ines Tech", leaves: true },
} as const;

export const demoEmployee = { email: "employee@acme.test" } as const;
