import { Activity, Building2, CalendarClock, Plug, ScrollText, Siren } from "lucide-react";
import type { ReactNode } from "react";
import { RestoredBanner } from "@/components/admin/restored-banner";
import { AppShell } from "@/components/layout/app-shell";
import { findRestoredCopy } from "@/lib/domain/installation/confirm-restore";
import { formatInstant } from "@/lib/format/dates";
import { can } from "@/lib/auth/permissions";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { getShellParts } from "@/lib/web/shell";
import { confirmRestoreAction } from "./actions";

/** The shell around the pages of staff, over all employers. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await platformContext({ permission: "platform:read" });
  const { staff: _staff, accountLinks, ...parts } = await getShellParts(ctx);
  const restored = await findRestoredCopy(ctx);
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
            ...(can(ctx, "platform:audit")
              ? [
                  {
                    href: paths.adminAudit(),
                    label: "Audit",
                    icon: <ScrollText size={16} aria-hidden="true" />,
                    goKey: "a",
                  },
                ]
              : []),
            ...(can(ctx, "platform:break_glass")
              ? [
                  {
                    href: paths.adminBreakGlass(),
                    label: "Break glass",
                    icon: <Siren size={16} aria-hidden="true" />,
                    goKey: "b",
                  },
                ]
              : []),
            {
              href: paths.adminRetention(),
              label: "Retention",
              icon: <CalendarClock size={16} aria-hidden="true" />,
              goKey: "r",
            },
          ],
        },
      ]}
    >
      {restored ? (
        <RestoredBanner
          since={formatInstant(restored, null, { showZone: true })}
          mayConfirm={ctx.permissions.has("platform:restore")}
          confirm={confirmRestoreAction}
        />
      ) : null}
      {children}
    </AppShell>
  );
}
