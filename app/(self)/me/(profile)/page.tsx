import type { Metadata } from "next";
import { EmploymentSection } from "@/components/individuals/employment-section";
import { IncomeSection } from "@/components/individuals/income-section";
import { IndividualHeader } from "@/components/individuals/individual-header";
import { OwnSsnSection, PersonalSection, TraitsSection } from "@/components/individuals/individual-sections";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { NotShared } from "@/components/self/not-shared";
import { PairSwitch } from "@/components/self/pair-switch";
import { WhoSeesThis } from "@/components/self/who-sees-this";
import { Split } from "@/components/ui/section";
import { DomainError } from "@/lib/domain/errors";
import { getOwnIndividual } from "@/lib/domain/individuals/get-own-individual";
import { listMyJobs, selfContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "My profile" };

interface MePageProps {
  searchParams: Promise<{ as?: string | string[] }>;
}

export default async function MePage({ searchParams }: MePageProps) {
  const { as } = await searchParams;
  const { ctx, pair } = await selfContext(typeof as === "string" ? as : undefined);
  const jobs = await listMyJobs();
  const own = await getOwnIndividual(ctx).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "NOT_FOUND") return null;
    throw error;
  });
  return (
    <>
      <Breadcrumbs items={[{ label: "My profile" }]} />
      <PairSwitch jobs={jobs} current={pair.individualId} />
      {own ? (
        <>
          <IndividualHeader person={own.person} now={own.now} zone={own.timeZone} />
          <Split
            rail={
              <>
                <TraitsSection person={own.person} title="About you" />
                <OwnSsnSection person={own.person} />
                <WhoSeesThis employer={own.customerName} provider={own.person.connection.providerName} />
              </>
            }
          >
            <EmploymentSection person={own.person} />
            <IncomeSection person={own.person} />
            <PersonalSection person={own.person} />
          </Split>
        </>
      ) : (
        <NotShared employer={pair.customerName} />
      )}
    </>
  );
}
