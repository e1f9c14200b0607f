import type { Metadata } from "next";
import { ExportMenu } from "@/components/export/export-menu";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { AwaitedPay } from "@/components/payslip/awaited-pay";
import { OwnYear } from "@/components/payslip/own-year";
import { StatementsSection } from "@/components/payslip/statements-section";
import { NotShared } from "@/components/self/not-shared";
import { PairSwitch } from "@/components/self/pair-switch";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Sections } from "@/components/ui/section";
import { listOwnPayStatements } from "@/lib/domain/payroll/statements/list-own-pay-statements";
import { paths } from "@/lib/paths";
import { listMyJobs, selfContext } from "@/lib/web/context";
import { orNull } from "@/lib/web/errors";

export const metadata: Metadata = { title: "My pay" };

interface MyPayPageProps {
  searchParams: Promise<{ as?: string | string[]; year?: string | string[] }>;
}

export default async function MyPayPage({ searchParams }: MyPayPageProps) {
  const { as, year } = await searchParams;
  const { ctx, pair, pairs } = await selfContext(typeof as === "string" ? as : undefined);
  const asked = typeof year === "string" && /^\d{1,4}$/.test(year) ? { year: Number(year) } : {};
  const jobs = await listMyJobs();
  const view = await orNull(listOwnPayStatements(ctx, asked));
  const own: Record<string, string> = pairs.length > 1 ? { as: pair.individualId } : {};
  return (
    <>
      <Breadcrumbs items={[{ label: "My profile", href: paths.me() }, { label: "My pay" }]} />
      <PairSwitch
        jobs={jobs}
        current={pair.individualId}
        hrefOf={(individualId) => paths.mePay({ as: individualId })}
      />
      {view ? (
        <>
          <PageHeader
            title="My pay"
            description={
              <>
                {view.asOf ? (
                  <RelativeTime value={view.asOf} now={view.now} zone={view.timeZone} prefix="as of " />
                ) : (
                  "not read yet"
                )}
                , from {view.provider}, where {view.customerName} keeps it
              </>
            }
            actions={
              view.rows.length > 0 ? (
                <ExportMenu
                  choices={[
                    {
                      label: "Pay statements of this year",
                      href: paths.mePayExport({
                        ...own,
                        ...(view.year === null ? {} : { year: String(view.year) }),
                      }),
                    },
                  ]}
                />
              ) : undefined
            }
          />
          <AwaitedPay days={view.awaited} provider={view.provider} />
          <Sections>
            <OwnYear view={view} />
            <StatementsSection
              view={view}
              hrefOf={(statement) => paths.mePayStatement(statement.id, own)}
              yearHref={(chosen) => paths.mePay({ ...own, year: String(chosen) })}
            />
          </Sections>
        </>
      ) : (
        <NotShared employer={pair.customerName} />
      )}
    </>
  );
}
