"use client";

import { X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { IconButton } from "./icon-button";
import { dismiss, listNotices, subscribe, type Notice, type NoticeTone } from "./notices";
import { StatusShape, type ShapeName } from "./status-shape";

export { notify } from "./notices";

const shapes: Record<NoticeTone, ShapeName> = {
  healthy: "check",
  failing: "octagon",
  attention: "triangle",
  waiting: "hourglass",
};

// Trouble takes longer to read.
const shownMs: Record<NoticeTone, number> = {
  healthy: 6000,
  waiting: 6000,
  attention: 10_000,
  failing: 12_000,
};

const none: Notice[] = [];

/** Where notices appear: bottom right, read out as they come. Mounted once, by the shell. */
export function Toaster() {
  const notices = useSyncExternalStore(subscribe, listNotices, () => none);
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      aria-relevant="additions text"
      className="pointer-events-none fixed right-4 bottom-4 z-60 grid w-[min(380px,calc(100vw-32px))] gap-2.5"
    >
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function Toast({ notice }: { notice: Notice }) {
  const { id, tone, title, detail } = notice;
  const [held, setHeld] = useState(false);

  // It stays while it is pointed at or has the focus.
  useEffect(() => {
    if (held) return;
    const timer = window.setTimeout(() => dismiss(id), shownMs[tone]);
    return () => window.clearTimeout(timer);
  }, [held, id, tone]);

  return (
    <div
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => {
        if (event.key === "Escape") dismiss(id);
      }}
      className="pointer-events-auto flex animate-appear items-start gap-2.5 rounded-lg border border-line-strong bg-surface-raised py-3 pr-3 pl-3.5 text-sm leading-[1.45] shadow-float [--c-bg:var(--surface-raised)]"
    >
      <StatusShape shape={shapes[tone]} className="mt-px size-4" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {detail ? <div className="text-secondary">{detail}</div> : null}
      </div>
      <IconButton label="Dismiss" size="sm" onClick={() => dismiss(id)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
