import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface TabItem {
  href: string;
  label: ReactNode;
  current?: boolean;
  count?: number;
}

/** Parts of one record, each with an address of its own; so tabs are links, and work without JavaScript. */
export function Tabs({ label, items, className }: { label: string; items: TabItem[]; className?: string }) {
  return (
    <nav aria-label={label} className={cn("mb-5 overflow-x-auto border-b border-line-strong", className)}>
      <ul className="flex gap-5 text-sm">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              scroll={false}
              aria-current={item.current ? "page" : undefined}
              className="relative flex items-center gap-1.5 py-2 whitespace-nowrap text-secondary hover:text-ink focus-visible:-outline-offset-2 aria-[current]:font-medium aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-0 aria-[current]:after:bottom-0 aria-[current]:after:h-0.5 aria-[current]:after:bg-accent aria-[current]:after:content-['']"
            >
              {item.label}
              {item.count === undefined ? null : <span className="text-xs text-muted">{item.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
