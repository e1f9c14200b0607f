"use client";

import { useEffect, type RefObject } from "react";

type Place = RefObject<HTMLElement | null>;

function focusOn(place: Place, always: RefObject<boolean> | undefined): void {
  if (always?.current || document.activeElement === document.body) place.current?.focus();
}

/**
 * When a dialog closes and what had the focus before it is gone, the focus goes to `place`; with `always` in any case,
 * for what is about to go.
 */
export function useKeptFocus(place: Place, open: boolean, always?: RefObject<boolean>): void {
  useEffect(() => {
    if (!open) return;
    // After the dialog has given the focus back, which it does in a task of its own.
    return () => void window.setTimeout(() => focusOn(place, always));
  }, [place, open, always]);
}
