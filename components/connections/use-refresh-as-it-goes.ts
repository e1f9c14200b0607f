"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";

/** A step may end every second; the page's other tables need not follow each. */
const restMs = 4_000;

const ended = new Set(["succeeded", "failed", "skipped"]);

/** What changes whenever the tables below the steps may have changed too. */
function stageOf({ latestRun, status, isBusy }: ConnectionDetailView): string {
  const steps = latestRun?.steps.filter((step) => ended.has(step.status)).length ?? 0;
  return `${latestRun?.id} ${latestRun?.status} ${steps} ${status} ${isBusy}`;
}

/**
 * Reads the server's parts of the page (requests, freshness, errors, navigation) again as a watched sync goes on, and
 * once more when it has ended.
 */
export function useRefreshAsItGoes(connection: ConnectionDetailView): void {
  const router = useRouter();
  const stage = stageOf(connection);
  const seen = useRef({ stage, at: 0 });
  const { isBusy } = connection;

  useEffect(() => {
    if (seen.current.stage === stage) return;
    const wait = isBusy ? Math.max(0, seen.current.at + restMs - performance.now()) : 0;
    const timer = window.setTimeout(() => {
      seen.current = { stage, at: performance.now() };
      router.refresh();
    }, wait);
    return () => window.clearTimeout(timer);
  }, [stage, isBusy, router]);
}
