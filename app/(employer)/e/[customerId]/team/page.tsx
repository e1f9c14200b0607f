import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { RolesSection } from "@/components/team/roles-section";
import { TeamBoard } from "@/components/team/team-board";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/link";
import { can } from "@/lib/auth/permissions";
import { listMembers } from "@/lib/domain/team/list-members";
import { formatCount } from "@/lib/format/money";
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
        {can(ctx, "employee:invite") ? (
          <Section title="Employees" className="mt-[30px]">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-3 text-sm text-secondary">
              {team.employees === 0
                ? "No employee sees the own pages yet."
                : `${formatCount(team.employees, "employee sees", "employees see")} their own pages, and nothing else.`}
              <TextLink href={paths.teamEmployees(customerId)}>Access and invitations</TextLink>
            </p>
          </Section>
        ) : null}
        {team.manage ? <RolesSection roles={team.manage.roles} /> : null}
      </TeamBoard>
    </>
  );
}
