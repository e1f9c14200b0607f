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

// A group of buttons in a row that scrolls is as wide as it is: it does not scroll by itself as well.
const row =
  "flex items-center gap-2 empty:hidden max-md:-mx-gutter max-md:w-[calc(100%+2*var(--page-gutter))] max-md:shrink-0 max-md:overflow-x-auto max-md:px-gutter max-md:py-0.5 max-md:[&>[role=group]]:max-w-none md:contents";

/** Search and filters whose state is the address. On phones the search, and under it one line that scrolls sideways. */
export function FilterBar({ search, children, clearHref, aside, className }: FilterBarProps) {
  return (
    <div role="search" className={cn("flex flex-wrap items-center gap-2 pb-3 max-md:gap-y-1.5", className)}>
      {search ? <div className="flex w-full md:contents">{search}</div> : null}
      <div className={row}>
        {children}
        {clearHref ? (
          <TextLink href={clearHref} scroll={false} quiet className="px-1 text-sm whitespace-nowrap">
            Clear
          </TextLink>
        ) : null}
      </div>
      {aside ? (
        <div className="ml-auto flex items-center gap-2 text-xs text-muted max-md:hidden">{aside}</div>
      ) : null}
    </div>
  );
}
