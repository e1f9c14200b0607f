import type { ReactNode } from "react";
import { cn } from "./cn";

export interface TagProps {
  /** missing: not granted or not there; lacking: granted, but something in it is refused. */
  kind?: "default" | "missing" | "lacking";
  className?: string;
  children: ReactNode;
}

export function Tag({ kind = "default", className, children }: TagProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 rounded-sm px-[7px] text-xs whitespace-nowrap",
        kind === "default" && "bg-neutral-bg text-secondary",
        kind === "missing" && "border border-dashed border-line-field text-muted",
        kind === "lacking" && "border border-dashed border-attention-line text-attention-text",
        className,
      )}
    >
      {children}
    </span>
  );
}

export function Tags({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("flex flex-wrap gap-[5px]", className)}>{children}</div>;
}
