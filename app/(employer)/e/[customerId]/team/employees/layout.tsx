import type { ReactNode } from "react";
import { employerContext } from "@/lib/web/context";

interface LayoutProps {
  params: Promise<{ customerId: string }>;
  children: ReactNode;
}

/** Checked here, above the skeleton: once that is sent, the answer can no longer be a 404. */
export default async function EmployeesLayout({ params, children }: LayoutProps) {
  const { customerId } = await params;
  await employerContext(customerId, { permission: "employee:invite" });
  await employerContext(customerId, { permission: "individual:read" });
  return children;
}
