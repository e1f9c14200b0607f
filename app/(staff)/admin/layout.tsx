import type { ReactNode } from "react";
import { adminNavigation } from "@/components/admin/admin-navigation";
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
      sections={adminNavigation({
        mayAudit: can(ctx, "platform:audit"),
        mayBreakGlass: can(ctx, "platform:break_glass"),
      })}
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
