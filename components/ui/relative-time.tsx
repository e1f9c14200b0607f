"use client";

import { useEffect, useState } from "react";
import { formatInstant, formatRelative } from "@/lib/format/dates";

export interface RelativeTimeProps {
  value: Date | string;
  /** The server's clock at render: the first paint in the browser says the same. */
  now: Date | string;
  /** The employer's zone. */
  zone: string | null;
  /** "as of " or the like, inside the element. */
  prefix?: string;
  className?: string;
}

const tickMs = 30_000;

/** "2 h ago", ticking, with the absolute time and its zone on hover. */
export function RelativeTime({ value, now, zone, prefix = "", className }: RelativeTimeProps) {
  const serverMs = new Date(now).getTime();
  const [ticked, setTicked] = useState({ serverMs, passedMs: 0 });

  useEffect(() => {
    // The browser's clock may be wrong by hours, so only its progress is added to the server's.
    const start = performance.now();
    const timer = window.setInterval(() => {
      setTicked({ serverMs, passedMs: performance.now() - start });
    }, tickMs);
    return () => window.clearInterval(timer);
  }, [serverMs]);

  // What was counted from an older render of the server no longer counts.
  const clock = new Date(serverMs + (ticked.serverMs === serverMs ? ticked.passedMs : 0));
  const date = new Date(value);
  return (
    <time
      dateTime={Number.isNaN(date.getTime()) ? undefined : date.toISOString()}
      title={formatInstant(date, zone, { showZone: true })}
      className={className}
    >
      {prefix}
      {formatRelative(date, clock, zone)}
    </time>
  );
}
