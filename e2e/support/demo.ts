import { paths } from "@/lib/paths";
import { database } from "./database";
import { findCustomerId, findUser } from "./people";

/** The demo employers as the seed left them; stories only read them. */
export interface Demo {
  acme: Place;
  initech: Place;
}

export interface Place {
  customerId: string;
  name: string;
  connectionId: string;
  /** An active person who is nobody's account. */
  individualId: string;
}

async function placeOf(name: string): Promise<Place> {
  const customerId = await findCustomerId(name);
  const [row] = await database()<{ connectionId: string; individualId: string }[]>`
    select i.connection_id as "connectionId", i.id as "individualId" from individuals i
    join individual_traits t on t.customer_id = i.customer_id and t.individual_id = i.id
    join income_history p on p.customer_id = i.customer_id and p.individual_id = i.id and p.is_current and p.amount_cents > 100000
    where i.customer_id = ${customerId} and i.is_active and t.ethnicity is not null
      and i.id not in (select individual_id from user_roles where customer_id = ${customerId} and individual_id is not null)
    order by i.sort_name limit 1`;
  if (!row) throw new Error(`${name} has no person with traits and income.`);
  return { customerId, name, ...row };
}

export async function readDemo(): Promise<Demo> {
  const [acme, initech] = await Promise.all([placeOf("Acme Inc."), placeOf("Initech")]);
  return { acme, initech };
}

/** Every page below an employer's address, by name. */
export function employerPages({ customerId, connectionId, individualId }: Place): Record<string, string> {
  return {
    overview: paths.employer(customerId),
    connections: paths.connections(customerId),
    connection: paths.connection(customerId, connectionId),
    connectNew: paths.connectNew(customerId),
    directory: paths.directory(customerId),
    profile: paths.individual(customerId, individualId),
    export: paths.directoryExport(customerId),
    orgChart: paths.orgChart(customerId),
    company: paths.company(customerId),
    payGroups: paths.payGroups(customerId),
    payGroupsExport: paths.payGroupsExport(customerId),
    documents: paths.documents(customerId),
    documentsExport: paths.documentsExport(customerId),
    payroll: paths.payroll(customerId),
    payrollExport: paths.payrollExport(customerId),
    ytd: paths.ytd(customerId),
    ytdExport: paths.ytdExport(customerId),
    ytdPerson: paths.ytdPerson(customerId, individualId),
    ytdLinks: paths.ytdLinks(customerId),
    box1Rules: paths.box1Rules(customerId),
    payLimits: paths.payLimits(customerId),
    payItems: paths.payItems(customerId),
    payItemRules: paths.payItemRules(customerId),
    team: paths.team(customerId),
    employees: paths.teamEmployees(customerId),
    audit: paths.audit(customerId),
    auditExport: paths.auditExport(customerId),
    connectionsJson: `/api/e/${customerId}/connections`,
    connectionJson: `/api/e/${customerId}/connections/${connectionId}`,
    searchJson: `/api/e/${customerId}/search?q=a`,
    teamPeopleJson: `${paths.teamPeople(customerId)}?connectionId=${connectionId}&q=a`,
    providersJson: `/api/e/${customerId}/connections/providers`,
  };
}

export const platformPages: Record<string, string> = {
  me: paths.me(),
  account: paths.account(),
  accountSecurity: paths.accountSecurity(),
  admin: paths.admin(),
  adminCustomers: paths.adminCustomers(),
  adminConnections: paths.adminConnections(),
  adminBreakGlass: paths.adminBreakGlass(),
  adminAudit: paths.adminAudit(),
  adminAuditChains: paths.adminAuditChains(),
  adminAuditExport: paths.adminAuditExport(),
  adminActivity: paths.adminActivity(),
  adminJobs: paths.adminJobs(),
  adminQuotaJson: paths.adminQuota(),
  adminRetention: paths.adminRetention(),
};

export const demoUsers = {
  admin: "admin@acme.test",
  payroll: "payroll@acme.test",
  viewer: "viewer@acme.test",
  employee: "employee@acme.test",
  staff: "staff@perch.test",
  support: "support@perch.test",
  peo: "peo@perch.test",
} as const;

export type DemoRole = keyof typeof demoUsers;

export async function demoUserId(role: DemoRole): Promise<string> {
  return (await findUser(demoUsers[role])).id;
}
