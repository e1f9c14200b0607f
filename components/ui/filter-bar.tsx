import type { ReactNode } from "react";
import { cn } from "./cn";
import { TextLink } from "./link";

export interface FilterBarProps {
  /** A SearchInput or SearchFilter, first. */
  search?: ReactNode;
  /** FilterMenu and FilterChip, in fixed order. */
  children?: ReactNode;
  /** Where "Clear" goes, shown while anything is set. */
  clearHref?: string | null;
  /** At the right end: columns, sort remark. */
  aside?: ReactNode;
  className?: string;
}

/** Search and filters whose state is the address. On phones one line that scrolls sideways. */
export function FilterBar({ search, children, clearHref, aside, className }: FilterBarProps) {
  return (
    <div
      role="search"
      className={cn(
        "flex items-center gap-2 pb-3 max-md:-mx-gutter max-md:overflow-x-auto max-md:px-gutter max-md:pt-0.5 md:flex-wrap",
        className,
      )}
    >
      {search}
      {children}
      {clearHref ? (
        <TextLink href={clearHref} scroll={false} quiet className="px-1 text-sm whitespace-nowrap">
          Clear
        </TextLink>
      ) : null}
      {aside ? (
        <div className="ml-auto flex items-center gap-2 text-xs text-muted max-md:hidden">{aside}</div>
      ) : null}
    </div>
  );
}
