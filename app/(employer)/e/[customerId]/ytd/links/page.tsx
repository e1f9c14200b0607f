import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { LinksBoard } from "@/components/ytd/links-board";
import { listLinkSuggestions } from "@/lib/domain/payroll/links/list-links";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";
import { decideLinkAction } from "../actions";

export const metadata: Metadata = { title: "Linked records" };

interface LinksPageProps {
  params: Promise<{ customerId: string }>;
}

export default async function LinksPage({ params }: LinksPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:manage" });
  if (ctx.scope.connectionIds !== "all") notFound();
  const { customerName, suggested, hasMore, confirmed, others } = await orNotFound(listLinkSuggestions(ctx));
  return (
    <>
      <Breadcrumbs
        items={[
          { label: customerName, href: paths.employer(customerId) },
          { label: "Year to date", href: paths.ytd(customerId) },
          { label: "Linked records" },
        ]}
      />
      <PageHeader
        title="Linked records"
        description="Records of different connections, entities or hires that are one person. Nothing is linked by itself, and every decision can be undone."
        actions={
          suggested.length + confirmed.length + others.length > 0 ? (
            <Exports
              ctx={ctx}
              zone="UTC"
              tables={[{ label: "Linked records", href: paths.ytdLinksExport(customerId) }]}
            />
          ) : undefined
        }
      />
      <LinksBoard
        customerId={customerId}
        view={{ suggested, hasMore, confirmed, others }}
        decide={decideLinkAction}
      />
    </>
  );
}
