"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { toast, Toaster as Sonner } from "sonner";
import { IconButton } from "./icon-button";
import { StatusShape, type ShapeName } from "./status-shape";
import type { Tone } from "./tone";

export interface Notice {
  tone?: Extract<Tone, "healthy" | "failing" | "attention" | "waiting">;
  title: ReactNode;
  /** The second line. */
  detail?: ReactNode;
}

const shapes: Record<NonNullable<Notice["tone"]>, ShapeName> = {
  healthy: "check",
  failing: "octagon",
  attention: "triangle",
  waiting: "hourglass",
};

/** Says what was just done, bottom right. Never the only place where an error is told. */
export function notify({ tone = "healthy", title, detail }: Notice) {
  toast.custom((id) => (
    <div
      data-tone={tone}
      className="flex w-[min(380px,calc(100vw-32px))] items-start gap-2.5 rounded-lg border border-line-strong bg-surface-raised py-3 pr-3 pl-3.5 text-sm leading-[1.45] text-ink shadow-float [--c-bg:var(--surface-raised)]"
    >
      <StatusShape shape={shapes[tone]} className="mt-px size-4" />
      <div className="min-w-0 flex-1">
        <b className="font-medium">{title}</b>
        {detail ? <div className="text-secondary">{detail}</div> : null}
      </div>
      <IconButton label="Dismiss" size="sm" onClick={() => toast.dismiss(id)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  ));
}

export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      duration={7000}
      gap={10}
      offset={16}
      mobileOffset={16}
      className="font-sans!"
      containerAriaLabel="Notices"
    />
  );
}
