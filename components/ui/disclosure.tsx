import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** What few need, behind a line that opens it: the numbers of a chart, what figures cover. Works without scripts. */
export function Disclosure({
  summary,
  className,
  children,
}: {
  summary: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <details className={cn("group/disclosure", className)}>
      <summary className="inline-flex min-h-6 cursor-pointer items-center gap-1 text-sm text-secondary hover:text-ink">
        <ChevronRight
          size={14}
          aria-hidden="true"
          className="transition-transform duration-quick group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
