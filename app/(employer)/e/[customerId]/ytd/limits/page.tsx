import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LimitsTable } from "@/components/pay-rules/limits-table";
import { OutsideLink } from "@/components/pay-rules/outside-link";
import { RulesTabs } from "@/components/pay-rules/rules-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { listLimits, type LimitsView } from "@/lib/domain/payroll/limits/list-limits";
import { formatDate } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";
import { confirmLimitAction } from "./actions";

export const metadata: Metadata = { title: "Yearly limits" };

interface LimitsPageProps {
  params: Promise<{ customerId: string }>;
}

export default async function LimitsPage({ params }: LimitsPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const view = await orNotFound(listLimits(ctx));
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Yearly limits" }]}
      />
      <PageHeader
        title="Yearly limits"
        description="The IRS's limits that estimates use. A year without a figure has none here: no other year stands in for it."
        actions={
          <Exports
            ctx={ctx}
            zone="UTC"
            tables={[{ label: "Limits", href: paths.payLimitsExport(customerId) }]}
          />
        }
      />
      <RulesTabs customerId={customerId} current="limits" />
      <Sections>
        <LimitsTable customerId={customerId} view={view} confirmLimit={confirmLimitAction} />
        <Sources view={view} />
      </Sections>
    </>
  );
}

/** Each source once, with the limits that it is for and the day of the comparison. */
function Sources({ view }: { view: LimitsView }) {
  const bySource = Map.groupBy(view.limits, ({ source }) => source.title);
  const entered = view.limits.flatMap(({ key, label, cells }) =>
    cells.flatMap(({ year, confirmed }) => (confirmed ? [{ key, label, year, ...confirmed }] : [])),
  );
  return (
    <Section title="Sources">
      <dl className="text-sm">
        {[...bySource].map(([title, limits]) => (
          <div
            key={title}
            className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <dt>
              {limits[0]?.source.url ? <OutsideLink href={limits[0].source.url}>{title}</OutsideLink> : title}
              <span className="block text-xs text-muted">
                checked on {formatDate(limits[0]?.source.checkedOn ?? "")}
              </span>
            </dt>
            <dd className="text-secondary">{limits.map(({ label }) => label).join(", ")}</dd>
          </div>
        ))}
        {entered.map(({ key, label, year, source }) => (
          <div
            key={`${key} ${year}`}
            className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <dt>
              {source}
              <span className="block text-xs text-muted">entered by an administrator</span>
            </dt>
            <dd className="text-secondary">
              {label}, {year}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
