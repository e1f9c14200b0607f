"use client";

import { useEffect, useState } from "react";
import type { RevealedView } from "@/lib/domain/reveal/revealed";

interface Shown {
  value: string;
  until: number;
  secondsLeft: number;
}

const tickMs = 250;

/**
 * A revealed value for as long as it may be seen: it leaves the page and the memory when its time is over, when the
 * tab is hidden, and when the page is left.
 */
export function useRevealed() {
  const [shown, setShown] = useState<Shown | null>(null);
  const until = shown?.until;

  useEffect(() => {
    if (until === undefined) return;
    const hide = () => setShown(null);
    const hideWithTab = () => {
      if (document.visibilityState === "hidden") hide();
    };
    const tick = () => {
      const secondsLeft = Math.ceil((until - Date.now()) / 1000);
      if (secondsLeft <= 0) hide();
      else setShown((now) => now && (now.secondsLeft === secondsLeft ? now : { ...now, secondsLeft }));
    };
    const timer = window.setInterval(tick, tickMs);
    document.addEventListener("visibilitychange", hideWithTab);
    window.addEventListener("pagehide", hide);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", hideWithTab);
      window.removeEventListener("pagehide", hide);
    };
  }, [until]);

  return {
    shown,
    show: ({ value, visibleSeconds }: RevealedView) =>
      setShown({ value, until: Date.now() + visibleSeconds * 1000, secondsLeft: visibleSeconds }),
    hide: () => setShown(null),
  };
}
