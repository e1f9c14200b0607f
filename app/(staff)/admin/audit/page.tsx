import { Download } from "lucide-react";
import type { Metadata } from "next";
import { AuditList } from "@/components/audit/audit-list";
import { AuditTabs } from "@/components/audit/audit-tabs";
import { atPlace, auditHref, readAuditAddress, type SearchParams } from "@/components/audit/audit-url";
import { ChainPanel } from "@/components/audit/chain-panel";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { buttonStyles } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { atAuditOf } from "@/lib/domain/audit/audit-place";
import { listAudit } from "@/lib/domain/audit/list-audit";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Audit" };

/** The platform's audit, or that of the employer in the address. */
export default async function AdminAuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const ctx = await platformContext({ permission: "platform:audit" });
  const address = readAuditAddress(await searchParams);
  const view = await orNotFound(listAudit(atAuditOf(ctx, address.employer), address.query));
  const name = view.customerName;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: "Platform", href: paths.admin() },
          ...(name ? [{ label: "Audit", href: paths.adminAudit() }, { label: name }] : [{ label: "Audit" }]),
        ]}
      />
      <PageHeader
        title={name ? `Audit of ${name}` : "Audit of the platform"}
        description={
          name
            ? "What was done at this employer. What people wrote into the entries is for the employer alone. Reading here leaves no entry; an export does, and the employer sees it."
            : "Who signed in, who was given which role, and what staff did. Times are in UTC. Reading leaves no entry; an export does."
        }
        actions={
          view.matching > 0 ? (
            // A file, not a page: the router must not fetch it.
            <a
              href={auditHref(paths.adminAuditExport(), atPlace(address))}
              download
              className={buttonStyles({})}
            >
              <Download size={14} aria-hidden="true" />
              Export CSV
            </a>
          ) : null
        }
      />
      <AuditTabs
        current={name ? "employer" : "platform"}
        employer={name && address.employer ? { id: address.employer, name } : null}
      />
      <ChainPanel chain={view.chain} now={view.now} zone={view.zone} asStaff={view.asStaff} />
      <AuditList
        here={paths.adminAudit()}
        address={address}
        view={view}
        empty={
          name
            ? "Nothing was ever done at this employer."
            : "The first sign-in of this installation will be the first entry."
        }
      />
    </>
  );
}
