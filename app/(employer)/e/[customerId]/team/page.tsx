import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { RolesSection } from "@/components/team/roles-section";
import { TeamBoard } from "@/components/team/team-board";
import { listMembers } from "@/lib/domain/team/list-members";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { grantRoleAction, recoverAccountAction, removeRoleAction } from "./actions";

export const metadata: Metadata = { title: "Team" };

interface TeamPageProps {
  params: Promise<{ customerId: string }>;
}

export default async function TeamPage({ params }: TeamPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "team:read" });
  const team = await orNotFound(listMembers(ctx));
  return (
    <>
      <Breadcrumbs
        items={[{ label: team.customerName, href: paths.employer(customerId) }, { label: "Team" }]}
      />
      <TeamBoard
        customerId={ctx.scope.customerId}
        team={team}
        actions={{
          grantRole: grantRoleAction,
          removeRole: removeRoleAction,
          recoverAccount: recoverAccountAction,
        }}
      >
        {team.manage ? <RolesSection roles={team.manage.roles} /> : null}
      </TeamBoard>
    </>
  );
}
