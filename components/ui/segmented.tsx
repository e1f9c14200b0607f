import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface SegmentedItem {
  value: string;
  label: ReactNode;
  /** With href each item is a link (state in the address), else a button that calls onSelect. */
  href?: string;
}

export interface SegmentedProps {
  label: string;
  value: string;
  items: SegmentedItem[];
  onSelect?: (value: string) => void;
  className?: string;
}

const itemStyle =
  "inline-flex h-[30px] items-center gap-1.5 border-l border-line-strong bg-surface px-[11px] text-sm whitespace-nowrap text-secondary first:rounded-l-[4px] first:border-l-0 last:rounded-r-[4px] hover:text-ink focus-visible:z-1 focus-visible:-outline-offset-2 aria-[current]:bg-neutral-bg aria-[current]:font-medium aria-[current]:text-ink aria-pressed:bg-neutral-bg aria-pressed:font-medium aria-pressed:text-ink max-md:min-h-[34px]";

export function Segmented({ label, value, items, onSelect, className }: SegmentedProps) {
  return (
    <div
      role="group"
      aria-label={label}
      className={cn(
        // Wider than a phone it scrolls by itself, and never makes the page do so.
        "inline-flex rounded-md border border-line-strong max-md:max-w-full max-md:shrink-0 max-md:overflow-x-auto",
        className,
      )}
    >
      {items.map((item) =>
        item.href ? (
          <Link
            key={item.value}
            href={item.href}
            scroll={false}
            aria-current={item.value === value ? "true" : undefined}
            className={itemStyle}
          >
            {item.label}
          </Link>
        ) : (
          <button
            key={item.value}
            type="button"
            aria-pressed={item.value === value}
            onClick={() => onSelect?.(item.value)}
            className={itemStyle}
          >
            {item.label}
          </button>
        ),
      )}
    </div>
  );
}
