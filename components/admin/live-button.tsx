"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { Button } from "@/components/ui/button";

interface LiveButtonProps {
  live: boolean;
  /** The same page, live or not. */
  href: string;
}

const everyMs = 5_000;

/** Refreshes the page while it is in sight. Whether it does stands in the address, so that the server knows a watcher. */
export function LiveButton({ live, href }: LiveButtonProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    if (!live) return;
    const timer = window.setInterval(() => {
      // One after another: a slow answer must not be overtaken by the next question.
      if (document.visibilityState === "visible" && !pending) startTransition(() => router.refresh());
    }, everyMs);
    return () => window.clearInterval(timer);
  }, [live, pending, router]);

  const Icon = live ? Pause : Play;
  return (
    <>
      <Button
        aria-pressed={live}
        onClick={() => startTransition(() => router.replace(href, { scroll: false }))}
        className={live ? "border-waiting-line bg-waiting-bg text-waiting-text" : undefined}
      >
        <Icon size={14} aria-hidden="true" />
        {live ? "Live, every 5 s" : "Live"}
      </Button>
      <span role="status" className="sr-only">
        {live ? "This page refreshes every 5 seconds." : ""}
      </span>
    </>
  );
}
