import type { Metadata } from "next";
import { EmployeesList } from "@/components/invite/employees-list";
import { employeesHref, readEmployeesAddress, type SearchParams } from "@/components/invite/employees-url";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { listEmployees } from "@/lib/domain/invitations/list-employees";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";
import {
  endEmployeeAccessAction,
  inviteEmployeeAction,
  resendInvitationAction,
  revokeInvitationAction,
} from "../../directory/[individualId]/actions";

import { recoverAccountAction } from "../actions";

export const metadata: Metadata = { title: "Employees with access" };

interface EmployeesPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

/** Who sees their own pages, and who is invited to them. */
export default async function EmployeesPage({ params, searchParams }: EmployeesPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "employee:invite" });
  const address = readEmployeesAddress(await searchParams);
  const view = await orNotFound(listEmployees(ctx, address));
  const { active, invited, expired } = view.counts;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Team", href: paths.team(customerId) },
          { label: "Employees" },
        ]}
      />
      <PageHeader
        title="Employees with access"
        description={counted({ active, invited, expired })}
        actions={
          <>
            {active + invited + expired > 0 ? (
              <Exports
                ctx={ctx}
                zone={view.timeZone}
                tables={[
                  {
                    label: "Employees with access",
                    href: employeesHref(paths.employeesExport(customerId), address),
                  },
                ]}
              />
            ) : null}
            <LinkButton href={paths.directory(customerId)}>Choose somebody to invite</LinkButton>
          </>
        }
      />
      <EmployeesList
        customerId={ctx.scope.customerId}
        address={address}
        view={view}
        actions={{
          invite: inviteEmployeeAction,
          resend: resendInvitationAction,
          revoke: revokeInvitationAction,
          end: endEmployeeAccessAction,
        }}
        recoverAccount={can(ctx, "team:manage") ? recoverAccountAction : null}
      />
    </>
  );
}

/** Who has access, and what became of the invitations; what is none is not said. */
function counted({ active, invited, expired }: Record<"active" | "invited" | "expired", number>): string {
  const open = invited > 0 ? ` ${formatCount(invited, "invitation is", "invitations are")} open.` : "";
  const late = expired > 0 ? ` ${formatCount(expired, "invitation has", "invitations have")} expired.` : "";
  return `${formatCount(active, "person", "people")} can open their own profile and pay.${open}${late}`;
}
