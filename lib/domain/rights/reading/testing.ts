import { listAudit } from "@/lib/domain/audit/list-audit";
import { getCompany } from "@/lib/domain/companies/get-company";
import { getConnection } from "@/lib/domain/connections/get-connection";
import { listConnections } from "@/lib/domain/connections/list-connections";
import type { Context } from "@/lib/domain/context";
import { getFleet } from "@/lib/domain/customers/get-fleet";
import { listFleetConnections } from "@/lib/domain/customers/list-fleet-connections";
import { listFleetCustomers } from "@/lib/domain/customers/list-fleet-customers";
import { exportDirectory } from "@/lib/domain/export/export-directory";
import { getIndividual } from "@/lib/domain/individuals/get-individual";
import { getOwnIndividual } from "@/lib/domain/individuals/get-own-individual";
import { listDirectory } from "@/lib/domain/individuals/list-directory";
import { getOverview } from "@/lib/domain/overview/get-overview";
import { getShell } from "@/lib/domain/overview/get-shell";
import { searchPeople } from "@/lib/domain/search/search-people";
import { listMembers } from "@/lib/domain/team/list-members";
import { searchTeamPeople } from "@/lib/domain/team/search-team-people";
import type { World } from "../testing";

type Read = [name: string, read: () => Promise<unknown>];

async function whole(ctx: Context): Promise<string> {
  const file = await exportDirectory(ctx, {});
  let text = "";
  for await (const piece of file.chunks) text += piece;
  // Amounts are written in units there, in cents elsewhere.
  return text.replace(/(\d{5})\.(\d\d)\b/g, "$1$2");
}

/** Every verb that reads, asked for everything there is: own and foreign. */
export function readingVerbs(world: World, ctx: Context): Read[] {
  if (ctx.scope.kind === "platform") {
    return [
      ["the fleet", () => getFleet(ctx)],
      ["its employers", () => listFleetCustomers(ctx, {})],
      ["its connections", () => listFleetConnections(ctx, {})],
      ["the audit", () => listAudit(ctx, {})],
    ];
  }
  return [
    ["the overview", () => getOverview(ctx)],
    ["the shell", () => getShell(ctx)],
    ["the directory", () => listDirectory(ctx, {})],
    ["the export", () => whole(ctx)],
    ["the search", () => searchPeople(ctx, { search: "last" })],
    ["the own profile", () => getOwnIndividual(ctx)],
    ["the connections", () => listConnections(ctx)],
    ["the team", () => listMembers(ctx)],
    ["the audit", () => listAudit(ctx, {})],
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
      ["a company", () => getCompany(ctx, { connectionId: id })],
      ["people of a connection", () => listDirectory(ctx, { connections: [id] })],
      ["people for the team", () => searchTeamPeople(ctx, { connectionId: id, search: "last" })],
    ]),
  ];
}
