import { Activity, Building2, Plug } from "lucide-react";
import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { getShellParts } from "@/lib/web/shell";

/** The shell around the pages of staff, over all employers. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await platformContext({ permission: "platform:read" });
  const { staff: _staff, accountLinks, ...parts } = await getShellParts(ctx);
  return (
    <AppShell
      {...parts}
      accountLinks={accountLinks.filter((link) => link.href !== paths.admin())}
      homeHref={paths.admin()}
      employer={null}
      switcher={{
        placeholder: { name: "Platform staff", subtitle: "all employers" },
        all: { href: paths.adminCustomers(), label: "All employers" },
      }}
      sections={[
        {
          items: [
            {
              href: paths.admin(),
              label: "Fleet health",
              icon: <Activity size={16} aria-hidden="true" />,
              exact: true,
              goKey: "f",
            },
            {
              href: paths.adminCustomers(),
              label: "Employers",
              icon: <Building2 size={16} aria-hidden="true" />,
              goKey: "e",
            },
            {
              href: paths.adminConnections(),
              label: "Connections",
              icon: <Plug size={16} aria-hidden="true" />,
              goKey: "c",
            },
          ],
        },
      ]}
    >
      {children}
    </AppShell>
  );
}
