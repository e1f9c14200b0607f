import type { ReactNode } from "react";
import { employerContext } from "@/lib/web/context";

interface LayoutProps {
  params: Promise<{ customerId: string }>;
  children: ReactNode;
}

/** Checked here, above the skeleton: once that is sent, the answer can no longer be a 404. */
export default async function YtdLayout({ params, children }: LayoutProps) {
  await employerContext((await params).customerId, { permission: "payroll:read" });
  return children;
}
