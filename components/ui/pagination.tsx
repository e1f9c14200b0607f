import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "./button";
import { cn } from "./cn";

export interface PaginationProps {
  /** Absent at the first page. */
  previousHref?: string | null;
  /** Absent at the last page. */
  nextHref?: string | null;
  /** "1 to 50 of 214". */
  summary: ReactNode;
  /** A legend or an age, at the right end. */
  children?: ReactNode;
  className?: string;
}

/** Keyset paging: there is a previous and a next, and no page numbers. */
export function Pagination({ previousHref, nextHref, summary, children, className }: PaginationProps) {
  return (
    <div className={cn("flex flex-wrap items-center gap-3 py-2.5 text-sm text-secondary", className)}>
      <span>{summary}</span>
      {previousHref || nextHref ? (
        <nav aria-label="Pages" className="flex gap-2">
          <Turn href={previousHref} rel="prev">
            <ChevronLeft size={14} aria-hidden="true" />
            Previous
          </Turn>
          <Turn href={nextHref} rel="next">
            Next
            <ChevronRight size={14} aria-hidden="true" />
          </Turn>
        </nav>
      ) : null}
      {children ? <div className="lg:ml-auto">{children}</div> : null}
    </div>
  );
}

function Turn({ href, rel, children }: { href?: string | null; rel: string; children: ReactNode }) {
  if (href) {
    return (
      <LinkButton size="sm" href={href} rel={rel}>
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
