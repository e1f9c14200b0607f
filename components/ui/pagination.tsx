import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "./button";
import { cn } from "./cn";

export interface PaginationProps {
  /** Absent at the first page. */
  previousHref?: string | null;
  /** Absent at the last page. */
  nextHref?: string | null;
  /** The table is a part of the page, which stays where it is. */
  inPlace?: boolean;
  /** What the pages are of, where a page has several tables. */
  label?: string;
  /** "1 to 50 of 214". */
  summary: ReactNode;
  /** A legend or an age, at the right end. */
  children?: ReactNode;
  className?: string;
}

/** Keyset paging: there is a previous and a next, and no page numbers. */
export function Pagination({
  previousHref,
  nextHref,
  inPlace,
  label,
  summary,
  children,
  className,
}: PaginationProps) {
  return (
    <div className={cn("flex flex-wrap items-center gap-3 py-2.5 text-sm text-secondary", className)}>
      <span>{summary}</span>
      {previousHref || nextHref ? (
        <nav aria-label={label ? `Pages of ${label}` : "Pages"} className="flex gap-2">
          <Turn href={previousHref} rel="prev" inPlace={inPlace}>
            <ChevronLeft size={14} aria-hidden="true" />
            Previous
          </Turn>
          <Turn href={nextHref} rel="next" inPlace={inPlace}>
            Next
            <ChevronRight size={14} aria-hidden="true" />
          </Turn>
        </nav>
      ) : null}
      {children ? <div className="lg:ml-auto">{children}</div> : null}
    </div>
  );
}

interface TurnProps {
  href?: string | null;
  rel: string;
  inPlace?: boolean;
  children: ReactNode;
}

function Turn({ href, rel, inPlace, children }: TurnProps) {
  if (href) {
    return (
      <LinkButton size="sm" href={href} rel={rel} scroll={!inPlace}>
        {children}
      </LinkButton>
    );
  }
  return (
    <span
      aria-disabled="true"
      role="link"
      className="inline-flex h-[26px] items-center gap-[5px] rounded-md border border-line bg-neutral-bg px-[9px] text-xs font-medium text-muted max-md:min-h-[30px]"
    >
      {children}
    </span>
  );
}
