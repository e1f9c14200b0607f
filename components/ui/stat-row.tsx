import type { ReactNode } from "react";
import { cn } from "./cn";

/** One ledger strip between two rules. No icons, no cards, no sparkline. Children: Stat. */
export function StatRow({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl
      className={cn(
        "grid grid-cols-2 border-y border-line-strong md:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]",
        "max-md:[&>div]:border-t max-md:[&>div:nth-child(-n+2)]:border-t-0 max-md:[&>div:nth-child(even)]:border-l max-md:[&>div:nth-child(odd)]:pl-0",
        "md:[&>div]:border-l md:[&>div:first-child]:border-l-0 md:[&>div:first-child]:pl-0",
        className,
      )}
    >
      {children}
    </dl>
  );
}

export interface StatProps {
  label: ReactNode;
  /** The figure; give Money `figure` so that its cents are muted. */
  value: ReactNode;
  note?: ReactNode;
}

export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="min-w-0 border-line px-3 py-2.5 md:px-5 md:pt-3 md:pb-[13px]">
      <dt className="text-xs text-muted">{label}</dt>
      <dd>
        <div className="mt-0.5 mb-px text-[1.125rem] leading-tight font-medium tracking-figure whitespace-nowrap md:text-2xl">
          {value}
        </div>
        {note ? <div className="text-xs text-secondary">{note}</div> : null}
      </dd>
    </div>
  );
}
