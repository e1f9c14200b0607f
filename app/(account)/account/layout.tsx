import { Building2, KeyRound, MonitorSmartphone, ShieldUser, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { paths } from "@/lib/paths";
import { getShellParts } from "@/lib/web/shell";

const placeIcon = (href: string) => {
  const Icon = href === paths.me() ? UserRound : href === paths.admin() ? ShieldUser : Building2;
  return <Icon size={16} aria-hidden="true" />;
};

/** The shell around the pages of one's own account: for employers, staff and employees alike. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { staff, accountLinks, ...parts } = await getShellParts(null);
  const places = accountLinks.filter((link) => link.href !== paths.account());
  return (
    <AppShell
      {...parts}
      accountLinks={places}
      homeHref={paths.home()}
      employer={null}
      switcher={{
        hidden: parts.employers.length === 0 && !staff,
        placeholder: { name: "Your account", subtitle: "over all employers" },
        ...(staff ? { all: { href: paths.adminCustomers(), label: "All employers" } } : {}),
      }}
      sections={[
        {
          title: "Your account",
          items: [
            {
              href: paths.account(),
              label: "Sessions",
              icon: <MonitorSmartphone size={16} aria-hidden="true" />,
              exact: true,
              goKey: "s",
            },
            {
              href: paths.accountSecurity(),
              label: "Second factor",
              icon: <KeyRound size={16} aria-hidden="true" />,
              goKey: "f",
            },
          ],
        },
        {
          title: "Back to",
          items: places.map(({ href, label }) => ({ href, label, icon: placeIcon(href), exact: true })),
        },
      ]}
    >
      {children}
    </AppShell>
  );
}
