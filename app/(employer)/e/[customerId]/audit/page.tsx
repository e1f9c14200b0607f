import { Download } from "lucide-react";
import type { Metadata } from "next";
import { AuditList } from "@/components/audit/audit-list";
import { atPlace, auditHref, readAuditAddress, type SearchParams } from "@/components/audit/audit-url";
import { ChainPanel } from "@/components/audit/chain-panel";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { buttonStyles } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listAudit } from "@/lib/domain/audit/list-audit";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Audit" };

interface AuditPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

/** What was done at this employer, by whom, and whether the record can be believed. */
export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "audit:read" });
  const address = { ...readAuditAddress(await searchParams), employer: null };
  const view = await orNotFound(listAudit(ctx, address.query));
  const here = paths.audit(customerId);
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName ?? "", href: paths.employer(customerId) }, { label: "Audit" }]}
      />
      <PageHeader
        title="Audit"
        description="Everything that people and Perch changed or took out at this employer. Entries can be read, never edited."
        actions={
          view.matching > 0 ? (
            // A file, not a page: the router must not fetch it.
            <a
              href={auditHref(paths.auditExport(customerId), atPlace(address))}
              download
              className={buttonStyles({})}
            >
              <Download size={14} aria-hidden="true" />
              Export CSV
            </a>
          ) : null
        }
      />
      <ChainPanel chain={view.chain} now={view.now} zone={view.zone} asStaff={view.asStaff} />
      <AuditList
        here={here}
        address={address}
        view={view}
        empty="The first connection, role or export of this employer will be the first entry."
      />
    </>
  );
}
