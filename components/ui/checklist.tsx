import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusShape } from "./status-shape";

export interface ChecklistItem {
  key: string;
  label: ReactNode;
  done: boolean;
  hint?: ReactNode;
  href?: string;
}

/** Setup, one row a step; what is next stands out, what is done is ticked. */
export function Checklist({ items, className }: { items: ChecklistItem[]; className?: string }) {
  const next = items.find((item) => !item.done)?.key;
  return (
    <ul className={cn("text-sm", className)}>
      {items.map((item) => (
        <li
          key={item.key}
          data-tone={item.done ? "healthy" : "neutral"}
          className="flex gap-2.5 border-b border-line py-1.5 leading-[1.35]"
        >
          <StatusShape shape={item.done ? "check" : "open"} className="mt-0.5 size-3.5" />
          <span className={cn(item.key === next && "font-medium")}>
            {item.href && !item.done ? (
              <Link href={item.href} className="rounded-sm text-accent hover:underline">
                {item.label}
              </Link>
            ) : (
              item.label
            )}
            <span className="sr-only">{item.done ? " (done)" : " (to do)"}</span>
            {item.hint ? <span className="block text-xs font-normal text-muted">{item.hint}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
