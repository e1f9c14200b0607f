import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { employerContext } from "@/lib/web/context";

interface LayoutProps {
  params: Promise<{ customerId: string }>;
  children: ReactNode;
}

/** A link is across connections: for whoever sees only some of them the page does not exist. */
export default async function LinksLayout({ params, children }: LayoutProps) {
  const ctx = await employerContext((await params).customerId, { permission: "payroll:manage" });
  if (ctx.scope.connectionIds !== "all") notFound();
  return children;
}
