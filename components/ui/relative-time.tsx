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
  const [clock, setClock] = useState(() => new Date(now));

  useEffect(() => {
    // The browser's clock may be wrong by hours, so only its progress is added to the server's.
    const start = performance.now();
    const base = new Date(now).getTime();
    setClock(new Date(base));
    const timer = window.setInterval(() => {
      setClock(new Date(base + performance.now() - start));
    }, tickMs);
    return () => window.clearInterval(timer);
  }, [now]);

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
