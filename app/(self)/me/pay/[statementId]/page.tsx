import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Payslip } from "@/components/payslip/payslip";
import { getOwnPayStatement } from "@/lib/domain/payroll/statements/get-own-pay-statement";
import { formatDate } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { selfContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "My pay statement" };

interface PageProps {
  params: Promise<{ statementId: string }>;
  searchParams: Promise<{ as?: string | string[] }>;
}

export default async function MyPayStatementPage({ params, searchParams }: PageProps) {
  const [{ statementId }, { as }] = await Promise.all([params, searchParams]);
  const { ctx, pair, pairs } = await selfContext(typeof as === "string" ? as : undefined);
  const view = await orNotFound(getOwnPayStatement(ctx, { statementId }));
  const own: Record<string, string> = pairs.length > 1 ? { as: pair.individualId } : {};
  return (
    <>
      <Breadcrumbs
        items={[
          { label: "My pay", href: paths.mePay(own) },
          { label: view.payDate === null ? "Undated" : formatDate(view.payDate) },
        ]}
      />
      <Payslip
        view={view}
        links={{
          statement: (other) => paths.mePayStatement(other.id, own),
          pdf: paths.mePayStatementPdf(statementId, own),
        }}
      />
    </>
  );
}
