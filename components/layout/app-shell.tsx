import { Building2 } from "lucide-react";
import type { ReactNode } from "react";
import { EnvironmentBadge, type Environment } from "@/components/ui/badge";
import { Toaster } from "@/components/ui/toaster";
import { AccountMenu, type AccountLink } from "./account-menu";
import { Brand } from "./brand";
import { EmployerSwitcher, type EmployerSwitcherProps } from "./employer-switcher";

import { MobileNav } from "./mobile-nav";
import { NavLinks } from "./nav-links";
import { ShellTools } from "./shell-tools";
import type {
  NavSection,
  PaletteGroup,
  PaletteItem,
  PaletteSearch,
  ShellEmployer,
  ShellUser,
  SignOut,
} from "./shell-types";

export type { NavItem, NavSection, PaletteGroup, PaletteItem, PaletteSearch } from "./shell-types";

export interface AppShellProps {
  /** Where the mark leads. */
  homeHref: string;
  sections: NavSection[];
  /** The employer of the pages inside; null in the administration and on one's own pages. */
  employer: ShellEmployer | null;
  /** The employers this person may open. Hidden where there is nothing to switch to. */
  employers?: (ShellEmployer & { href: string })[];
  switcher?: Pick<EmployerSwitcherProps, "placeholder" | "all"> & { hidden?: boolean };
  user: ShellUser;
  accountLinks?: AccountLink[];
  /** Another way out than the session's own. */
  signOut?: SignOut;
  environment: Environment;
  /** A `<Breadcrumbs>` for all pages inside; a page may render its own instead. */
  breadcrumbs?: ReactNode;
  /** More of the palette; pages and employers are in it already. */
  palette?: { groups?: PaletteGroup[]; search?: PaletteSearch };
  /** A strip over the page, e.g. "You see this as staff". */
  notice?: ReactNode;
  children: ReactNode;
}

function paletteGroups({ sections, employers = [], palette }: AppShellProps): PaletteGroup[] {
  const pages: PaletteItem[] = sections.flatMap((section) =>
    section.items.map(({ href, label, icon, goKey }) => ({
      id: href,
      href,
      label,
      icon,
      hint: goKey ? `g ${goKey}` : undefined,
    })),
  );
  const others = employers.map((employer) => ({
    id: employer.id,
    href: employer.href,
    label: employer.name,
    hint: employer.subtitle,
    icon: <Building2 size={16} aria-hidden="true" />,
  }));
  return [
    ...(palette?.groups ?? []),
    { heading: "Pages", items: pages },
    { heading: "Employers", items: others },
  ].filter((group) => group.items.length > 0);
}

/** Navigation at the left, top bar, page. Below 860 px the navigation is a sheet behind the menu button. */
export function AppShell(props: AppShellProps) {
  const { sections, environment, palette, breadcrumbs, notice, children } = props;
  const goKeys = sections
    .flatMap((section) => section.items)
    .flatMap(({ goKey, label, href }) => (goKey ? [{ key: goKey, label, href }] : []));
  return (
    <>
      <a
        href="#main"
        className="absolute -top-16 left-2 z-60 rounded-md border border-line-strong bg-surface-raised px-3 py-2 text-ink focus:top-2"
      >
        Skip to content
      </a>
      <div data-shell="app" className="min-h-dvh md:grid md:grid-cols-[var(--nav-width)_minmax(0,1fr)]">
        <div data-shell="nav" className="border-r border-line bg-canvas max-md:hidden">
          <div className="sticky top-0 z-10 flex h-dvh flex-col overflow-y-auto px-2.5 pb-2.5">
            <Navigation {...props} />
          </div>
        </div>
        <div className="min-w-0">
          <header
            data-shell="topbar"
            className="sticky top-0 z-5 flex h-(--topbar) items-center gap-3 border-b border-line bg-surface px-gutter"
          >
            <MobileNav>
              <Navigation {...props} />
            </MobileNav>
            <div className="ml-auto flex items-center gap-2">
              <EnvironmentBadge environment={environment} />
              <ShellTools groups={paletteGroups(props)} search={palette?.search} goKeys={goKeys} />
            </div>
          </header>
          {notice}
          <main
            id="main"
            tabIndex={-1}
            className="max-w-[1480px] px-gutter pt-4 pb-16 outline-none md:pt-[22px]"
          >
            {breadcrumbs}
            {children}
          </main>
        </div>
      </div>
      <Toaster />
    </>
  );
}

function Navigation({
  homeHref,
  sections,
  employer,
  employers = [],
  switcher,
  user,
  accountLinks,
  signOut,
}: AppShellProps) {
  return (
    <nav aria-label={employer?.name ?? "Main"} className="flex flex-1 flex-col">
      <Brand href={homeHref} />
      {switcher?.hidden ? null : (
        <EmployerSwitcher
          current={employer}
          options={employers}
          placeholder={switcher?.placeholder}
          all={switcher?.all}
        />
      )}
      <NavLinks sections={sections} />
      <div className="mt-auto pt-3">
        <AccountMenu user={user} signOut={signOut} links={accountLinks} />
      </div>
    </nav>
  );
}
