import type { Metadata } from "next";
import type { SearchParams } from "@/components/admin/admin-url";
import { BreakGlassForm } from "@/components/break-glass/break-glass-form";
import { BreakGlassStep, EmployerStep, PersonStep } from "@/components/break-glass/break-glass-steps";
import { readBreakGlassAddress } from "@/components/break-glass/break-glass-url";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { SearchFilter } from "@/components/ui/search-filter";
import { Sections } from "@/components/ui/section";
import { getBreakGlass } from "@/lib/domain/reveal/get-break-glass";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { breakGlassAction } from "./actions";

export const metadata: Metadata = { title: "Break glass" };

export default async function BreakGlassPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const ctx = await platformContext({ permission: "platform:break_glass" });
  const address = readBreakGlassAddress(await searchParams);
  const view = await orNotFound(getBreakGlass(ctx, address));
  const { employer, person } = view;
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform", href: paths.admin() }, { label: "Break glass" }]} />
      <PageHeader
        title="Break glass"
        description="Opens the SSN of one person of any employer, in an emergency."
      />
      <Banner
        tone="attention"
        className="mb-7 max-w-[760px]"
        title="The employer learns of it at once"
        means="Its administrators get a mail with your name and your reason, and it stands in their audit before the number is opened."
        todo="Where an administrator of the employer can be reached, let them reveal it themselves."
      />
      <Sections className="max-w-[760px]">
        <EmployerStep
          view={view}
          address={address}
          search={<SearchFilter key="employer" name="employer" label="Search employers" placeholder="Name" />}
        />
        <PersonStep
          view={view}
          address={address}
          search={<SearchFilter key="person" name="q" label="Search people by name" placeholder="Name" />}
        />
        {employer && person ? (
          <BreakGlassStep number={3} title="Reason and confirmation">
            <BreakGlassForm
              key={person.id}
              customerId={employer.id}
              employerName={employer.name}
              person={{ id: person.id, name: person.name }}
              open={breakGlassAction}
            />
          </BreakGlassStep>
        ) : (
          <BreakGlassStep number={3} title="Reason and confirmation" waiting />
        )}
      </Sections>
    </>
  );
}
