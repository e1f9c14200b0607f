import type { ReactNode } from "react";
import { BirdPaths } from "@/components/layout/brand";
import { cn } from "./cn";

export interface EmptyStateProps {
  title: ReactNode;
  /** One sentence. */
  children?: ReactNode;
  /** One action. */
  action?: ReactNode;
  /** wire: nothing here yet, with the bird. none: no result of a search, without it. */
  art?: "wire" | "none";
  headingLevel?: 2 | 3;
  className?: string;
}

export function EmptyState({
  title,
  children,
  action,
  art = "wire",
  headingLevel = 2,
  className,
}: EmptyStateProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <div
      className={cn(
        "grid justify-items-center gap-1.5 rounded-lg border border-dashed border-line-strong px-5 py-10 text-center",
        className,
      )}
    >
      {art === "wire" ? (
        <svg viewBox="0 0 168 44" aria-hidden="true" className="mb-2 h-11 w-[168px]">
          <path
            d="M4 37.2q80 5 160 0"
            fill="none"
            stroke="var(--line-strong)"
            strokeWidth="2"
            strokeLinecap="round"
          />
          <g transform="translate(70 13) scale(.86)">
            <BirdPaths />
          </g>
        </svg>
      ) : null}
      <Heading>{title}</Heading>
      {children ? <p className="max-w-[46ch] text-secondary">{children}</p> : null}
      {action ? <div className="mt-2.5">{action}</div> : null}
    </div>
  );
}
