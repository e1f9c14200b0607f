import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { canReadAudit } from "@/lib/domain/audit/audit-place";
import { employerContext } from "@/lib/web/context";

interface LayoutProps {
  params: Promise<{ customerId: string }>;
  children: ReactNode;
}

/** Checked here, above the skeleton: once that is sent, the answer can no longer be a 404. */
export default async function AuditLayout({ params, children }: LayoutProps) {
  const ctx = await employerContext((await params).customerId, { permission: "audit:read" });
  if (!canReadAudit(ctx)) notFound();
  return children;
}
