import type { Metadata } from "next";
import { EmploymentSection } from "@/components/individuals/employment-section";
import { IncomeSection } from "@/components/individuals/income-section";
import { IndividualHeader, IndividualProblems } from "@/components/individuals/individual-header";
import {
  IdentifiersSection,
  PersonalSection,
  TraitsSection,
} from "@/components/individuals/individual-sections";
import { ownAddresses } from "@/components/invite/own-addresses";
import { AccessSection } from "@/components/invite/access-section";
import { SsnField } from "@/components/individuals/ssn-field";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { StatementsSection } from "@/components/payslip/statements-section";
import { NothingLegend } from "@/components/ui/legend";
import { TextLink } from "@/components/ui/link";
import { Split } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { getIndividual } from "@/lib/domain/individuals/get-individual";
import { getEmployeeAccess } from "@/lib/domain/invitations/get-employee-access";
import { listPayStatements } from "@/lib/domain/payroll/statements/list-pay-statements";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound, orNull } from "@/lib/web/errors";
import {
  endEmployeeAccessAction,
  inviteEmployeeAction,
  resendInvitationAction,
  revealSsnAction,
  revokeInvitationAction,
} from "./actions";

export const metadata: Metadata = { title: "Profile" };

interface IndividualPageProps {
  params: Promise<{ customerId: string; individualId: string }>;
  /** The year of the pay statements. */
  searchParams: Promise<{ pay?: string | string[] }>;
}

/** For who may see pay; a person who went since the page's first read has none. */
async function statementsOf(
  ctx: CustomerContext,
  individualId: string,
  connectionId: string,
  asked: unknown,
) {
  if (!can(ctx, "payroll:read", { connectionId })) return null;
  const year = typeof asked === "string" && /^\d{1,4}$/.test(asked) ? { year: Number(asked) } : {};
  const view = await orNull(listPayStatements(ctx, { individualId, ...year }));
  if (view === null) return null;
  const { customerId } = ctx.scope;
  return (
    <StatementsSection
      view={view}
      hrefOf={({ paymentId, id }) => paths.payStatement(customerId, paymentId, id)}
      yearHref={(chosen) => `${paths.individual(customerId, individualId)}?pay=${chosen}#pay`}
    />
  );
}

export default async function IndividualPage({ params, searchParams }: IndividualPageProps) {
  const [{ customerId, individualId }, { pay }] = await Promise.all([params, searchParams]);
  const ctx = await employerContext(customerId, { permission: "individual:read" });
  const { person, customerName, timeZone, now } = await orNotFound(getIndividual(ctx, { individualId }));
  const access = can(ctx, "employee:invite", { connectionId: person.connection.id })
    ? await orNotFound(getEmployeeAccess(ctx, { individualId }))
    : null;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: customerName, href: paths.employer(customerId) },
          { label: "Directory", href: paths.directory(customerId) },
          { label: person.name ?? "Unnamed person" },
        ]}
      />
      <IndividualHeader person={person} now={now} zone={timeZone} />
      <IndividualProblems person={person} />
      <Split
        rail={
          <>
            <IdentifiersSection
              person={person}
              ssn={
                <SsnField person={person} customerId={customerId} zone={timeZone} reveal={revealSsnAction} />
              }
            />
            <TraitsSection person={person} />
            {access ? (
              <AccessSection
                customerId={customerId}
                individualId={person.id}
                name={person.name ?? "this person"}
                access={access}
                hints={ownAddresses(person)}
                zone={timeZone}
                now={now}
                actions={{
                  invite: inviteEmployeeAction,
                  resend: resendInvitationAction,
                  revoke: revokeInvitationAction,
                  end: endEmployeeAccessAction,
                }}
              />
            ) : null}
          </>
        }
      >
        <EmploymentSection
          person={person}
          manager={(manager) => (
            <TextLink href={paths.individual(customerId, manager.id)}>{manager.name}</TextLink>
          )}
        />
        <IncomeSection person={person} />
        {await statementsOf(ctx, person.id, person.connection.id, pay)}
        <PersonalSection person={person} />
      </Split>
      <NothingLegend className="pt-8" />
    </>
  );
}
