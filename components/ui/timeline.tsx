import type { ReactNode } from "react";
import { Avatar, SystemAvatar } from "./avatar";
import { cn } from "./cn";
import { StatusShape, type ShapeName } from "./status-shape";
import type { Tone } from "./tone";

/** Newest first, tied by a line. Children: TimelineItem. */
export function Timeline({ className, children }: { className?: string; children: ReactNode }) {
  return <ol className={cn("pt-3.5 text-sm leading-[1.45]", className)}>{children}</ol>;
}

export type TimelineNode =
  | { kind: "person"; name: string }
  | { kind: "system"; icon: ReactNode }
  | { kind: "status"; tone: Tone; shape: ShapeName };

export interface TimelineItemProps {
  node: TimelineNode;
  /** When and by whom. */
  meta?: ReactNode;
  /** What happened. */
  children: ReactNode;
}

export function TimelineItem({ node, meta, children }: TimelineItemProps) {
  return (
    <li className="relative grid grid-cols-[26px_minmax(0,1fr)] gap-2.5 pb-4 before:absolute before:top-7 before:bottom-0.5 before:left-[12.5px] before:w-px before:bg-line-strong last:before:hidden">
      <Node node={node} />
      <div className="pt-[3px]">
        <div>{children}</div>
        {meta ? <div className="mt-px text-xs text-muted">{meta}</div> : null}
      </div>
    </li>
  );
}

function Node({ node }: { node: TimelineNode }) {
  if (node.kind === "person") return <Avatar name={node.name} />;
  if (node.kind === "system") return <SystemAvatar>{node.icon}</SystemAvatar>;
  return (
    <span data-tone={node.tone} className="grid size-[26px] place-items-center">
      <StatusShape shape={node.shape} className="size-4" />
    </span>
  );
}
