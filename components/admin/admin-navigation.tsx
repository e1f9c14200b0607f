import {
  Activity,
  Building2,
  CalendarClock,
  Cog,
  List,
  Plug,
  ScrollText,
  Siren,
  type LucideIcon,
} from "lucide-react";
import type { NavItem, NavSection } from "@/components/layout/app-shell";
import { paths } from "@/lib/paths";

interface AdminNavigationProps {
  mayAudit: boolean;
  mayBreakGlass: boolean;
}

const item = (href: string, label: string, Icon: LucideIcon, goKey: string): NavItem => ({
  href,
  label,
  icon: <Icon size={16} aria-hidden="true" />,
  goKey,
});

/** The pages of staff; those that a role may not open are not in it. */
export function adminNavigation({ mayAudit, mayBreakGlass }: AdminNavigationProps): NavSection[] {
  return [
    {
      items: [
        { ...item(paths.admin(), "Fleet health", Activity, "f"), exact: true },
        item(paths.adminCustomers(), "Employers", Building2, "e"),
        item(paths.adminConnections(), "Connections", Plug, "c"),
      ],
    },
    {
      title: "Operations",
      items: [
        item(paths.adminActivity(), "Activity", List, "y"),
        item(paths.adminJobs(), "Jobs", Cog, "j"),
        ...(mayAudit ? [item(paths.adminAudit(), "Audit", ScrollText, "a")] : []),
        item(paths.adminRetention(), "Retention", CalendarClock, "r"),
        ...(mayBreakGlass ? [item(paths.adminBreakGlass(), "Break glass", Siren, "b")] : []),
      ],
    },
  ];
}
