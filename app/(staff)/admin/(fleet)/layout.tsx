import type { ReactNode } from "react";
import { QueryProvider } from "@/components/layout/query-provider";
import { requireUser } from "@/lib/web/session";

/** The gauges of the fleet page are polled. */
export default async function FleetLayout({ children }: { children: ReactNode }) {
  const { id } = await requireUser();
  return <QueryProvider scopeKey={`${id}:platform`}>{children}</QueryProvider>;
}
