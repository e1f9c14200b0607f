"use client";

import { useEffect, useRef } from "react";
import { useRouter } from "next/navigation";

/** Reads the server's parts of the page (headcount, navigation) again when a watched sync has ended. */
export function useRefreshWhenDone(isBusy: boolean): void {
  const router = useRouter();
  const wasBusy = useRef(isBusy);
  useEffect(() => {
    if (wasBusy.current && !isBusy) router.refresh();
    wasBusy.current = isBusy;
  }, [isBusy, router]);
}
