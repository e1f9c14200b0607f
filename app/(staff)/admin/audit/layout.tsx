import type { ReactNode } from "react";
import { platformContext } from "@/lib/web/context";

/** Checked here, above the skeleton: once that is sent, the answer can no longer be a 404. */
export default async function AdminAuditLayout({ children }: { children: ReactNode }) {
  await platformContext({ permission: "platform:audit" });
  return children;
}
