import { ReceiptText, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { paths } from "@/lib/paths";
import { selfContext } from "@/lib/web/context";
import { getShellParts } from "@/lib/web/shell";

/** The shell around one's own pages: no employer's pages, no search over people. */
export default async function SelfLayout({ children }: { children: ReactNode }) {
  const { ctx } = await selfContext();
  const { staff: _staff, accountLinks, ...parts } = await getShellParts(ctx);
  return (
    <AppShell
      {...parts}
      accountLinks={accountLinks.filter((link) => link.href !== paths.me())}
      homeHref={paths.me()}
      employer={null}
      switcher={{ hidden: parts.employers.length === 0, placeholder: { name: "My own data" } }}
      sections={[
        {
          items: [
            {
              href: paths.me(),
              label: "My profile",
              icon: <UserRound size={16} aria-hidden="true" />,
              exact: true,
              keeps: "as",
              goKey: "m",
            },
            {
              href: paths.mePay(),
              label: "My pay",
              icon: <ReceiptText size={16} aria-hidden="true" />,
              keeps: "as",
              goKey: "p",
            },
          ],
        },
      ]}
    >
      {children}
    </AppShell>
  );
}
