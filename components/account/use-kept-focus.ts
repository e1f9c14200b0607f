"use client";

import { useEffect, type RefObject } from "react";

/**
 * When a dialog closes and what had the focus before it is gone, the focus goes to `place`; with `always` in any case,
 * for what is about to go.
 */
export function useKeptFocus(
  place: RefObject<HTMLElement | null>,
  open: boolean,
  always?: RefObject<boolean>,
): void {
  useEffect(() => {
    if (!open) return;
    return () => {
      // After the dialog has given the focus back, which it does in a task of its own.
      window.setTimeout(() => {
        if (always?.current || document.activeElement === document.body) place.current?.focus();
      });
    };
  }, [place, open, always]);
}
