import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { listActivity } from "@/lib/domain/activity/list-activity";
import { exportAudit } from "@/lib/domain/audit/export-audit";
import { listAudit } from "@/lib/domain/audit/list-audit";
import { listChainStates } from "@/lib/domain/audit/list-chain-states";
import { getCompany } from "@/lib/domain/companies/get-company";
import { listCompanyProfiles } from "@/lib/domain/companies/list-company-profiles";
import { getConnectionRecord } from "@/lib/domain/connections/detail/get-connection-record";
import { listItemErrors } from "@/lib/domain/connections/detail/list-item-errors";
import { listRequests } from "@/lib/domain/connections/detail/list-requests";
import { listSyncRuns } from "@/lib/domain/connections/detail/list-sync-runs";
import { getConnectPage } from "@/lib/domain/connections/get-connect-page";
import { getConnection } from "@/lib/domain/connections/get-connection";
import { listConnections } from "@/lib/domain/connections/list-connections";
import { listHolds } from "@/lib/domain/connections/list-holds";
import { listProviders } from "@/lib/domain/connections/list-providers";
import type { Context } from "@/lib/domain/context";
import { getFleet } from "@/lib/domain/customers/get-fleet";
import { listFleetConnections } from "@/lib/domain/customers/list-fleet-connections";
import { listFleetCustomers } from "@/lib/domain/customers/list-fleet-customers";
import { getDocument } from "@/lib/domain/documents/get-document";
import { listDocuments } from "@/lib/domain/documents/list-documents";
import { exportAwaitedStatements } from "@/lib/domain/export/export-awaited";
import { exportDirectory } from "@/lib/domain/export/export-directory";
import { exportDocuments } from "@/lib/domain/export/export-documents";
import { exportEmployees } from "@/lib/domain/export/export-employees";
import { exportItemRules } from "@/lib/domain/export/export-item-rules";
import { exportLinks } from "@/lib/domain/export/export-links";
import { exportOwnStatements } from "@/lib/domain/export/export-own-statements";
import {
  exportPayDates,
  exportPayGroupMembers,
  exportPayGroups,
} from "@/lib/domain/export/export-pay-groups";
import { exportPayItems } from "@/lib/domain/export/export-pay-items";
import { exportPayments, exportPaymentsStatements } from "@/lib/domain/export/export-payments";
import { exportBox1Rules, exportLimits } from "@/lib/domain/export/export-rules";
import { exportStatements } from "@/lib/domain/export/export-statements";
import { exportYtd, exportYtdLines } from "@/lib/domain/export/export-ytd";
import { exportYtdPerson } from "@/lib/domain/export/export-ytd-person";
import { findLastExports } from "@/lib/domain/export/find-last-exports";
import type { ExportFile } from "@/lib/domain/export/run-export";
import { selectionOf } from "@/lib/domain/export/selection";
import { getIndividual } from "@/lib/domain/individuals/get-individual";
import { getOwnIndividual } from "@/lib/domain/individuals/get-own-individual";
import { directoryFacets, listDirectoryFacet } from "@/lib/domain/individuals/list-directory-facet";
import { listDirectory } from "@/lib/domain/individuals/list-directory";
import { getOrgChart } from "@/lib/domain/org-chart/get-org-chart";
import { listOrgBranch } from "@/lib/domain/org-chart/list-org-branch";
import { getPayGroup } from "@/lib/domain/pay-groups/get-pay-group";
import { listPayGroups } from "@/lib/domain/pay-groups/list-pay-groups";
import { getJobs } from "@/lib/domain/jobs/get-jobs";
import { getQueueSummary } from "@/lib/domain/jobs/get-queue-summary";
import { getEmployeeAccess } from "@/lib/domain/invitations/get-employee-access";
import { listEmployees } from "@/lib/domain/invitations/list-employees";
import { getHeadcountTrend } from "@/lib/domain/overview/get-headcount-trend";
import { getOverview } from "@/lib/domain/overview/get-overview";
import { getPayrollOverview } from "@/lib/domain/overview/get-payroll-overview";
import { getShell } from "@/lib/domain/overview/get-shell";
import { getBox1Table } from "@/lib/domain/payroll/box1/get-box1-table";
import { listItemRules } from "@/lib/domain/payroll/item-rules/list-item-rules";
import { listPayItems } from "@/lib/domain/payroll/items/list-pay-items";
import { listLinkSuggestions } from "@/lib/domain/payroll/links/list-links";
import { listLimits } from "@/lib/domain/payroll/limits/list-limits";
import { getPayment } from "@/lib/domain/payroll/payments/get-payment";
import { getPaymentChecks } from "@/lib/domain/payroll/payments/get-payment-checks";
import { listAwaitedStatements } from "@/lib/domain/payroll/payments/list-awaited-statements";
import { listPayCalendars } from "@/lib/domain/payroll/payments/list-pay-calendars";
import { listPayments } from "@/lib/domain/payroll/payments/list-payments";
import { listStatements } from "@/lib/domain/payroll/payments/list-statements";
import {
  exportOwnPayStatement,
  exportPayStatement,
} from "@/lib/domain/payroll/statements/export-pay-statement";
import { getOwnPayStatement } from "@/lib/domain/payroll/statements/get-own-pay-statement";
import { getPayStatement } from "@/lib/domain/payroll/statements/get-pay-statement";
import { listOwnPayStatements } from "@/lib/domain/payroll/statements/list-own-pay-statements";
import { listPayStatements } from "@/lib/domain/payroll/statements/list-pay-statements";
import { getYtdPerson } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { getYtdTotals, listYtd } from "@/lib/domain/payroll/ytd/list-ytd";
import { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";
import { getQuotaState } from "@/lib/domain/quota/get-quota-state";
import { getFleetChecks } from "@/lib/domain/reconcile/get-fleet-checks";
import { listReconciliations } from "@/lib/domain/reconcile/list-reconciliations";
import { getRetention } from "@/lib/domain/retention/get-retention";
import { getBreakGlass } from "@/lib/domain/reveal/get-break-glass";
import { searchPeople } from "@/lib/domain/search/search-people";
import { listMembers } from "@/lib/domain/team/list-members";
import { searchTeamPeople } from "@/lib/domain/team/search-team-people";
import type { World } from "../world/testing";

type Read = [name: string, read: () => Promise<unknown>];

async function whole({ chunks }: { chunks: AsyncIterable<string | Uint8Array> }): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of chunks)
    text += typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
  return text;
}

/** Every verb that reads, asked for everything there is: own and foreign. */
export function readingVerbs(world: World, ctx: Context): Read[] {
  const anywhere: Read[] = [
    ["the audit", () => listAudit(ctx, {})],
    ["the audit's export", async () => whole(await exportAudit(ctx, {}))],
    ["the chains", () => listChainStates(ctx)],
    ["retention", () => getRetention(ctx)],
    ["the checks", () => getFleetChecks(ctx)],
    ["employers to break glass at", () => getBreakGlass(ctx, {})],
    ...world.customers.map((customerId): Read => [
      "people to break glass for",
      () => getBreakGlass(ctx, { customerId, personSearch: "last" }),
    ]),
    ...world.people.map(({ customer, individualId }): Read => [
      "a person to break glass for",
      () => getBreakGlass(ctx, { customerId: world.customers[customer] ?? "", individualId }),
    ]),
  ];
  if (ctx.scope.kind === "platform") {
    return [
      ...anywhere,
      ["the fleet", () => getFleet(ctx)],
      ["its employers", () => listFleetCustomers(ctx, {})],
      ["its connections", () => listFleetConnections(ctx, {})],
      ["the jobs", () => getJobs(ctx, {})],
      ["the queue", () => getQueueSummary(ctx)],
      ["the requests to Finch", () => listActivity(ctx, {})],
      ["the quotas", () => getQuotaState(ctx)],
    ];
  }
  return [...anywhere, ...readingAtEmployer(world, ctx)];
}

function readingAtEmployer(world: World, ctx: Context): Read[] {
  return [
    ["the overview", () => getOverview(ctx)],
    ["its pay", () => getPayrollOverview(ctx)],
    ["its headcount", () => getHeadcountTrend(ctx)],
    ["the shell", () => getShell(ctx)],
    ["the directory", () => listDirectory(ctx, {})],
    ["the export", async () => whole(await exportDirectory(ctx, {}))],
    ["the search", () => searchPeople(ctx, { search: "last" })],
    ["the own profile", () => getOwnIndividual(ctx)],
    ["the own pay", () => listOwnPayStatements(ctx, {})],
    ...payOf(world, ctx),
    ["the connections", () => listConnections(ctx)],
    ["the page to connect", () => getConnectPage(ctx)],
    ["the providers", () => listProviders(ctx)],
    ["year-to-date wages", () => listYtd(ctx, {})],
    ["their totals", () => getYtdTotals(ctx, {})],
    ["linked records", () => listLinkSuggestions(ctx)],
    ...world.people.map(({ individualId }): Read => [
      "lines behind a figure",
      () => getYtdPerson(ctx, { individualId, query: YtdFilterInput.parse({}) }),
    ]),
    ["the team", () => listMembers(ctx)],
    ["the rules of box 1", () => getBox1Table(ctx)],
    ["the limits", () => listLimits(ctx)],
    ["the companies", () => listCompanyProfiles(ctx)],
    ["the org chart", () => getOrgChart(ctx, { left: true })],
    ...world.people.map(({ individualId }): Read => [
      "a branch of it",
      () => listOrgBranch(ctx, { parentId: individualId, left: true }),
    ]),
    ["the tax forms", () => listDocuments(ctx, {})],
    ...[...world.forms.values()].map((documentId): Read => [
      "a tax form",
      () => getDocument(ctx, { documentId }),
    ]),
    ["the pay groups", () => listPayGroups(ctx)],
    ...world.groups.map((id): Read => ["a pay group", () => getPayGroup(ctx, { id })]),
    ["the payments", () => listPayments(ctx, { year: "all" })],
    ["the pay dates", () => listPayCalendars(ctx)],
    ["employees with access", () => listEmployees(ctx, {})],
    ...world.people.map(({ individualId }): Read => [
      "an employee's access",
      () => getEmployeeAccess(ctx, { individualId }),
    ]),
    ...directoryFacets.map((facet): Read => ["a filter", () => listDirectoryFacet(ctx, facet, {})]),
    ...world.people.map(({ individualId }): Read => [
      "a profile",
      () => getIndividual(ctx, { individualId }),
    ]),
    ...world.people.map(({ individualId }): Read => [
      "reports",
      () => listDirectory(ctx, { manager: individualId, after: individualId }),
    ]),
    ...world.connections.flatMap(({ id }): Read[] => [
      ["a connection", () => getConnection(ctx, id)],
      ["its holds", () => listHolds(ctx, id)],
      ["its checks", () => listReconciliations(ctx, id)],
      ["a connection's record", () => getConnectionRecord(ctx, id)],
      ["its items without data", () => listItemErrors(ctx, { connectionId: id })],
      ["its syncs", () => listSyncRuns(ctx, { connectionId: id })],
      ["its requests", () => listRequests(ctx, { connectionId: id })],
      ["the rules on pay items", () => listItemRules(ctx, { connectionId: id })],
      ["the pay items", () => listPayItems(ctx, { connectionId: id })],
      ["a company", () => getCompany(ctx, { connectionId: id })],
      ["pay dates of a connection", () => getPayGroup(ctx, { id })],
      ["people of a connection", () => listDirectory(ctx, { connections: [id] })],
      ["people for the team", () => searchTeamPeople(ctx, { connectionId: id, search: "last" })],
    ]),
  ];
}

/** Tables of payroll as files: each is many queries, so they are asked for apart from the rest. */
export function readingFiles(world: World, ctx: Context): Read[] {
  if (ctx.scope.kind === "platform") return [];
  const year = { year: new Date().getFullYear() };
  const somePay = [...new Map([...world.pay].map((entry) => [entry[0].connection, entry])).values()];
  const files: [string, () => Promise<ExportFile>][] = [
    ["payments", () => exportPayments(ctx, { year: "all" }, {})],
    ["all statements", () => exportPaymentsStatements(ctx, { year: "all" }, {})],
    ["year-to-date wages", () => exportYtd(ctx, year, {})],
    ["lines of them", () => exportYtdLines(ctx, year, {})],
    ["tax forms", () => exportDocuments(ctx, {}, {})],
    ["pay groups", () => exportPayGroups(ctx, {})],
    ["their people", () => exportPayGroupMembers(ctx, {}, {})],
    ["pay dates", () => exportPayDates(ctx, {}, {})],
    ["limits", () => exportLimits(ctx, {})],
    ["linked records", () => exportLinks(ctx, {})],
    ["rules of box 1", () => exportBox1Rules(ctx, {})],
    ["employees with access", () => exportEmployees(ctx, {}, {})],
    ["own statements", () => exportOwnStatements(ctx, {}, {})],
    ...world.connections.flatMap(({ id }): [string, () => Promise<ExportFile>][] => [
      ["pay items", () => exportPayItems(ctx, { connectionId: id }, {})],
      ["rules on pay items", () => exportItemRules(ctx, { connectionId: id }, {})],
    ]),
    ...somePay.flatMap(([{ individualId }, { paymentId }]): [string, () => Promise<ExportFile>][] => [
      ["statements of a payment", () => exportStatements(ctx, { paymentId }, {})],
      ["who has none", () => exportAwaitedStatements(ctx, { paymentId }, {})],
      [
        "lines of a figure",
        () => exportYtdPerson(ctx, { individualId, query: YtdFilterInput.parse(year) }, {}),
      ],
    ]),
  ];
  return [
    ["when files were taken", () => findLastExports(ctx, [selectionOf.payGroups()])],
    ...files.map(([name, open]): Read => [`a file of ${name}`, async () => whole(await open())]),
  ];
}

/** Everybody's statement, asked for as an employer and as an employee would. */
const payOf = (world: World, ctx: Context): Read[] =>
  [...world.pay].flatMap(([{ individualId }, { paymentId, statementId }]): Read[] => [
    ["a person's pay", () => listPayStatements(ctx, { individualId })],
    ["a payment", () => getPayment(ctx, { paymentId })],
    ["its totals", () => getPaymentChecks(ctx, { paymentId })],
    ["its statements", () => listStatements(ctx, { paymentId })],
    ["who has none", () => listAwaitedStatements(ctx, { paymentId })],
    ["a statement", () => getPayStatement(ctx, { paymentId, statementId })],
    ["a statement's file", () => exportPayStatement(ctx, { paymentId, statementId })],
    ["an own statement", () => getOwnPayStatement(ctx, { statementId })],
    ["an own statement's file", () => exportOwnPayStatement(ctx, { statementId })],
  ]);

const domain = path.resolve(import.meta.dirname, "../..");
const reads = /^(get|list|search|export|find)-[\w-]+\.ts$/;
const takesContext = /export async function (\w+)\(\s*(?:ctx|context|raw): (?:Customer)?Context\b/g;

/** The names of all verbs that read for a context, by the sources, and of those that are asked above. */
export function verbsThatRead(): { found: string[]; asked: string[] } {
  const files = readdirSync(domain, { recursive: true, encoding: "utf8" }).filter(
    (file) => reads.test(path.basename(file)) && !file.endsWith(".test.ts"),
  );
  const found = files.flatMap((file) =>
    [...readFileSync(path.join(domain, file), "utf8").matchAll(takesContext)].map(([, name = ""]) => name),
  );
  const source = readFileSync(import.meta.filename, "utf8");
  return { found, asked: found.filter((name) => source.includes(`${name}(ctx`)) };
}
