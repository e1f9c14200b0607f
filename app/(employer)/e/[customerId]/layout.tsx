import {
  Banknote,
  Building2,
  FileText,
  House,
  Plug,
  ScrollText,
  Sigma,
  UserRound,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import { AppShell, type NavItem } from "@/components/layout/app-shell";
import { StaffNotice } from "@/components/overview/staff-notice";
import { can } from "@/lib/auth/permissions";
import { canReadAudit } from "@/lib/domain/audit/audit-place";
import type { Context } from "@/lib/domain/context";
import type { ShellView } from "@/lib/domain/overview/get-shell";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { getShellParts, readShell } from "@/lib/web/shell";

interface EmployerLayoutProps {
  params: Promise<{ customerId: string }>;
  children: ReactNode;
}

/** The shell around an employer's pages: what this person may open, and nothing else. */
export default async function EmployerLayout({ params, children }: EmployerLayoutProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId);
  const [shell, { staff, ...parts }] = await Promise.all([readShell(customerId), getShellParts(ctx)]);
  const asStaff = !can(ctx, "customer:read");
  const employer = {
    id: customerId,
    name: shell.customerName,
    subtitle: shell.connections.length > 0 ? formatCount(shell.people, "person", "people") : "not connected",
  };
  return (
    <AppShell
      {...parts}
      homeHref={asStaff ? paths.admin() : paths.employer(customerId)}
      employer={employer}
      employers={parts.employers.map((each) => (each.id === customerId ? { ...each, ...employer } : each))}
      switcher={staff ? { all: { href: paths.adminCustomers(), label: "All employers" } } : {}}
      sections={[{ items: navigation(ctx, customerId, shell) }]}
      palette={{
        groups: [
          {
            heading: "Connections",
            items: shell.connections.map(({ id, providerName, status }) => ({
              id,
              label: providerName,
              href: paths.connection(customerId, id),
              status,
            })),
          },
        ],
        ...(can(ctx, "individual:read")
          ? { search: { heading: "People", endpoint: `/api/e/${customerId}/search` } }
          : {}),
      }}
      notice={asStaff ? <StaffNotice employer={shell.customerName} href={paths.adminCustomers()} /> : null}
    >
      {children}
    </AppShell>
  );
}

function navigation(ctx: Context, customerId: string, shell: ShellView): NavItem[] {
  const items: (NavItem | null)[] = [
    can(ctx, "customer:read")
      ? {
          href: paths.employer(customerId),
          label: "Overview",
          icon: <House size={16} aria-hidden="true" />,
          exact: true,
          goKey: "o",
        }
      : null,
    {
      href: paths.connections(customerId),
      label: "Connections",
      icon: <Plug size={16} aria-hidden="true" />,
      goKey: "c",
      ...(shell.needAttention > 0
        ? { count: { value: shell.needAttention, label: "need attention", tone: "attention" as const } }
        : {}),
    },
    can(ctx, "individual:read")
      ? {
          href: paths.directory(customerId),
          label: "Directory",
          icon: <Users size={16} aria-hidden="true" />,
          goKey: "d",
        }
      : null,
    can(ctx, "payroll:read")
      ? {
          href: paths.payroll(customerId),
          label: "Payroll",
          icon: <Banknote size={16} aria-hidden="true" />,
          goKey: "p",
        }
      : null,
    can(ctx, "payroll:read")
      ? {
          href: paths.ytd(customerId),
          label: "YTD wages",
          icon: <Sigma size={16} aria-hidden="true" />,
          goKey: "y",
        }
      : null,
    can(ctx, "document:read")
      ? {
          href: paths.documents(customerId),
          label: "Documents",
          icon: <FileText size={16} aria-hidden="true" />,
          goKey: "w",
        }
      : null,
    can(ctx, "individual:read")
      ? {
          href: paths.company(customerId),
          label: "Company",
          icon: <Building2 size={16} aria-hidden="true" />,
          goKey: "b",
        }
      : null,
    can(ctx, "team:read")
      ? {
          href: paths.team(customerId),
          label: "Team",
          icon: <UserRound size={16} aria-hidden="true" />,
          goKey: "t",
        }
      : null,
    canReadAudit(ctx)
      ? {
          href: paths.audit(customerId),
          label: "Audit",
          icon: <ScrollText size={16} aria-hidden="true" />,
          goKey: "a",
        }
      : null,
  ];
  return items.filter((item) => item !== null);
}
