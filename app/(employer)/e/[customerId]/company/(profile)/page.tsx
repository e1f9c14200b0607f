import type { Metadata } from "next";
import { BankAccounts } from "@/components/company/bank-accounts";
import { CompanyProfile } from "@/components/company/company-profile";
import { CompanyTabs } from "@/components/company/company-tabs";
import { NoConnection } from "@/components/directory/directory-empty";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { NothingLegend } from "@/components/ui/legend";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { listCompanyProfiles } from "@/lib/domain/companies/list-company-profiles";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { revealBankNumberAction } from "../../connections/[connectionId]/actions";

export const metadata: Metadata = { title: "Company" };

interface CompanyPageProps {
  params: Promise<{ customerId: string }>;
}

export default async function CompanyPage({ params }: CompanyPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "individual:read" });
  const view = await orNotFound(listCompanyProfiles(ctx));
  const companies = view.connections.flatMap(({ part }) => (part.kind === "shown" ? part.companies : []));
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Company" }]}
      />
      <PageHeader
        title="Company"
        description={
          companies.length > 0
            ? `${formatCount(companies.length, "legal entity", "legal entities")} from ${formatCount(view.connections.length, "connection")}, as payroll has them.`
            : undefined
        }
      />
      {can(ctx, "payroll:read") ? <CompanyTabs customerId={customerId} value="profile" /> : null}
      {view.connections.length === 0 ? (
        <NoConnection customerId={customerId} mayConnect={can(ctx, "connection:connect")} what="company" />
      ) : (
        <Sections>
          {view.connections.map((connection) => (
            <CompanyProfile
              key={connection.source.id}
              customerId={customerId}
              connection={connection}
              now={view.now}
              zone={view.timeZone}
              accounts={(company) => (
                <BankAccounts
                  company={company}
                  provider={connection.part.providerName}
                  place={{ customerId: ctx.scope.customerId, connectionId: connection.source.id }}
                  reveal={revealBankNumberAction}
                />
              )}
            />
          ))}
        </Sections>
      )}
      <NothingLegend className="pt-8" />
    </>
  );
}
