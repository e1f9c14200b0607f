import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Box1Table } from "@/components/pay-rules/box1-table";
import { OutsideLink } from "@/components/pay-rules/outside-link";
import { RulesTabs } from "@/components/pay-rules/rules-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { getBox1Table, type Box1TableView } from "@/lib/domain/payroll/box1/get-box1-table";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";

export const metadata: Metadata = { title: "Box 1 rules" };

interface Box1PageProps {
  params: Promise<{ customerId: string }>;
}

const parts = [
  { category: "earning", title: "Earnings" },
  { category: "deduction", title: "Deductions of the employee" },
  { category: "contribution", title: "Contributions of the employer" },
  { category: "tax", title: "Taxes" },
] as const;

export default async function Box1Page({ params }: Box1PageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const view = await orNotFound(getBox1Table(ctx));
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Box 1 rules" }]}
      />
      <PageHeader
        title="How box 1 is estimated"
        description="Which lines of pay count as taxable wages for federal income tax. What payroll does not say opens a range from low to high."
        actions={
          <Exports
            ctx={ctx}
            zone="UTC"
            tables={[{ label: "Rules", href: paths.box1RulesExport(customerId) }]}
          />
        }
      />
      <RulesTabs customerId={customerId} current="box-1" />
      <Sections>
        <Facts />
        {parts.map(({ category, title }) => (
          <Section key={category} title={title}>
            <Box1Table label={title} rules={view.rules.filter((rule) => rule.category === category)} />
          </Section>
        ))}
        <Sources sources={view.sources} />
      </Sections>
    </>
  );
}

/** What holds for all estimates, before the single rules. */
function Facts() {
  return (
    <Section title="What the estimate is">
      <ul className="mt-2 grid max-w-[92ch] list-disc gap-1 pl-5 text-sm">
        <li>
          Taxable earnings, less deductions that are excluded from federal income tax, plus taxable items that
          the employer pays and that are not in earnings already. Federal only: states differ.
        </li>
        <li>
          For one person, one EIN and one year. Without an EIN there is no estimate. Under a PEO, the PEO may
          be the one who issues the form.
        </li>
        <li>
          A range. Where type, flag and name leave a line open, it is at one end in and at the other out.
          Classify the line to close the range.
        </li>
        <li>
          The first rule that fits a line decides it. Criteria explain a rule and are never added up. An
          amount that is not subtracted is part of the earnings already, and is never added again.
        </li>
        <li>It is an estimate and not the form. Your payroll provider issues that.</li>
      </ul>
    </Section>
  );
}

function Sources({ sources }: Pick<Box1TableView, "sources">) {
  return (
    <Section title="Sources">
      <dl className="text-sm">
        {sources.map(({ title, url, for: use }) => (
          <div
            key={title}
            className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <dt>{url ? <OutsideLink href={url}>{title}</OutsideLink> : title}</dt>
            <dd className="text-secondary">{use}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
