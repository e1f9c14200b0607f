import type { Metadata } from "next";
import { cache } from "react";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Payslip } from "@/components/payslip/payslip";
import { personLabel } from "@/components/payslip/sheet";
import { TextLink } from "@/components/ui/link";
import { can } from "@/lib/auth/permissions";
import { getPayStatement } from "@/lib/domain/payroll/statements/get-pay-statement";
import { formatDate } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

interface PageProps {
  params: Promise<{ customerId: string; paymentId: string; statementId: string }>;
}

/** Once a request: the title and the page show the same. */
const load = cache(async (customerId: string, paymentId: string, statementId: string) => {
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  return { ctx, view: await orNotFound(getPayStatement(ctx, { paymentId, statementId })) };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { customerId, paymentId, statementId } = await params;
  const { view } = await load(customerId, paymentId, statementId);
  return { title: `Pay statement, ${personLabel(view.person)}` };
}

export default async function PayStatementPage({ params }: PageProps) {
  const { customerId, paymentId, statementId } = await params;
  const { ctx, view } = await load(customerId, paymentId, statementId);
  const mayReadPeople = can(ctx, "individual:read");
  return (
    <>
      <Breadcrumbs
        items={[
          {
            label: view.employer.name,
            ...(can(ctx, "customer:read") ? { href: paths.employer(customerId) } : {}),
          },
          { label: "Payroll", href: paths.payroll(customerId) },
          {
            label: view.payDate === null ? "Undated" : formatDate(view.payDate),
            href: paths.payrollPayment(customerId, view.paymentId),
          },
          { label: personLabel(view.person) },
        ]}
      />
      <Payslip
        view={view}
        links={{
          statement: (other) => paths.payStatement(customerId, other.paymentId, other.id),
          pdf: can(ctx, "payroll:export") ? paths.payStatementPdf(customerId, paymentId, statementId) : null,
          ...(mayReadPeople ? { person: paths.individual(customerId, view.person.id) } : {}),
        }}
        remedies={
          can(ctx, "payroll:manage")
            ? { types: <TextLink href={paths.payItems(customerId)}>Give them one</TextLink> }
            : {}
        }
      />
    </>
  );
}
