import Link from "next/link";

export interface Crumb {
  label: string;
  /** Absent for the last one: the page itself. */
  href?: string;
}

/**
 * Where the page is. It may be rendered anywhere in a page or layout: it stands in the top bar by
 * position, so that no state has to travel from the page up to the shell.
 */
export function Breadcrumbs({ items }: { items: Crumb[] }) {
  return (
    <nav
      aria-label="Breadcrumb"
      data-shell="crumbs"
      className="fixed top-0 left-[52px] z-6 flex h-[calc(var(--topbar)-1px)] max-w-[calc(100vw-220px)] items-center md:left-[calc(var(--nav-width)+var(--page-gutter))] md:max-w-[calc(100vw-var(--nav-width)-440px)]"
    >
      <ol className="flex min-w-0 items-center gap-1.5 overflow-hidden px-1 text-sm -mx-1">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <li
              key={`${item.label}-${index}`}
              className={`flex items-center gap-1.5 whitespace-nowrap text-muted ${
                last ? "min-w-0" : "before:order-last before:content-['/'] max-md:hidden"
              }`}
            >
              {item.href && !last ? (
                <Link
                  href={item.href}
                  className="rounded-sm py-1 text-secondary hover:text-accent-hover hover:underline focus-visible:-outline-offset-2"
                >
                  {item.label}
                </Link>
              ) : (
                <span aria-current={last ? "page" : undefined} className="truncate font-medium text-ink">
                  {item.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
