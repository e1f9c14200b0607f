import type { ReactNode } from "react";
import { cn } from "./cn";

/** Facts in rows: label left, value right (or left with `align="start"`). Children: Definition. */
export function DefinitionList({
  align = "end",
  className,
  children,
}: {
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
}) {
  return (
    <dl data-align={align} className={cn("group/dl text-sm", className)}>
      {children}
    </dl>
  );
}

export function Definition({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-[34px] grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-4 border-b border-line py-[7px] group-data-[align=start]/dl:grid-cols-[minmax(96px,38%)_minmax(0,1fr)]">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right [overflow-wrap:anywhere] group-data-[align=start]/dl:text-left">
        {children}
      </dd>
    </div>
  );
}
