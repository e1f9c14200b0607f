import type { ReactNode } from "react";
import { EnvironmentBadge, type Environment } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { BirdPaths } from "./brand";

export interface SheetPageProps {
  /** Above the sheet. */
  title: ReactNode;
  subtitle?: ReactNode;
  /** Below the sheet, small. */
  note?: ReactNode;
  /** narrow 388 px for one field, wide 560 px for text, full 860 px for lists. */
  width?: "narrow" | "wide" | "full";
  environment?: Environment;
  /** More at the foot, beside the badge: links. */
  footer?: ReactNode;
  children: ReactNode;
}

const widths = { narrow: "w-[min(388px,100%)]", wide: "w-[min(560px,100%)]", full: "w-[min(860px,100%)]" };

/** A page without a shell: one purpose on a sheet, with the bird sitting on its edge. */
export function SheetPage({
  title,
  subtitle,
  note,
  width = "narrow",
  environment,
  footer,
  children,
}: SheetPageProps) {
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <main
        id="main"
        tabIndex={-1}
        className="grid flex-1 content-center justify-items-center px-5 pt-14 pb-8 outline-none"
      >
        <div className={widths[width]}>
          <h1 className="text-2xl">{title}</h1>
          {subtitle ? <p className="text-secondary">{subtitle}</p> : null}
          <Sheet className="mt-[58px]">{children}</Sheet>
          {note ? <div className="mt-3.5 text-xs text-muted">{note}</div> : null}
        </div>
      </main>
      {environment || footer ? (
        <footer className="flex flex-wrap items-center justify-center gap-x-[18px] gap-y-2 border-t border-line px-5 py-4 text-xs text-muted">
          {environment ? <EnvironmentBadge environment={environment} /> : null}
          {footer}
        </footer>
      ) : null}
    </div>
  );
}

/** The sheet itself: a 3 px top edge in text color, the bird on its left. Leave 46 px above it. */
export function Sheet({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "relative rounded-[2px_2px_var(--radius-3)_var(--radius-3)] border border-t-[3px] border-line-strong border-t-ink bg-surface px-6 pt-[26px] pb-6",
        className,
      )}
    >
      <svg
        viewBox="0 0 32 31"
        aria-hidden="true"
        className="absolute bottom-[calc(100%-11px)] left-6 size-[46px]"
      >
        <BirdPaths />
      </svg>
      {children}
    </div>
  );
}
