"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { CountBadge } from "@/components/ui/badge";
import type { NavItem, NavSection } from "./shell-types";

function isAt(item: NavItem, pathname: string) {
  return pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
}

/** The deepest item that the address is at or below. */
function currentHref(sections: NavSection[], pathname: string) {
  return sections
    .flatMap((section) => section.items)
    .filter((item) => isAt(item, pathname))
    .map((item) => item.href)
    .sort((a, b) => b.length - a.length)[0];
}

function hrefOf({ href, keeps }: NavItem, params: URLSearchParams) {
  const value = keeps ? params.get(keeps) : null;
  return keeps && value ? `${href}?${new URLSearchParams({ [keeps]: value }).toString()}` : href;
}

export function NavLinks({ sections }: { sections: NavSection[] }) {
  const pathname = usePathname();
  const params = useSearchParams();
  const current = currentHref(sections, pathname);
  return sections.map((section, index) => (
    <div key={section.title ?? index}>
      {section.title ? (
        <h2 className="px-2 pt-3 pb-1 text-xs leading-[1.55] font-medium text-muted">{section.title}</h2>
      ) : null}
      <ul>
        {section.items.map((item) => (
          <li key={item.href}>
            <Link
              href={hrefOf(item, params)}
              aria-current={item.href === current ? (item.href === pathname ? "page" : "true") : undefined}
              className="group flex h-[30px] items-center gap-[9px] rounded-md px-2 text-sm font-medium text-secondary hover:bg-neutral-bg hover:text-ink focus-visible:outline-offset-0 aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-[inset_0_0_0_1px_var(--line-strong)] max-md:h-10"
            >
              <span className="text-muted group-aria-[current]:text-accent [&_svg]:size-4" aria-hidden="true">
                {item.icon}
              </span>
              {item.label}
              {item.count && item.count.value > 0 ? (
                <CountBadge tone={item.count.tone} className="ml-auto">
                  {item.count.value.toLocaleString("en-US")}
                  <span className="sr-only"> {item.count.label}</span>
                </CountBadge>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}
