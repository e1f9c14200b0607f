import type { ReactNode } from "react";
import { QueryProvider } from "@/components/layout/query-provider";
import { employerContext } from "@/lib/web/context";
import { requireUser } from "@/lib/web/session";

interface LayoutProps {
  params: Promise<{ customerId: string }>;
  children: ReactNode;
}

export default async function ConnectionsLayout({ params, children }: LayoutProps) {
  const { scope } = await employerContext((await params).customerId, { permission: "connection:read" });
  const { id } = await requireUser();
  return <QueryProvider scopeKey={`${id}:${scope.customerId}`}>{children}</QueryProvider>;
}
