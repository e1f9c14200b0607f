"use client";

import { useRef } from "react";

/**
 * Focus goes to what is marked `data-autofocus` (else to the first that takes it), and when the dialog closes back
 * to where it was before, also where no trigger of its own has opened it.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = document.activeElement;
      const wanted =
        event.currentTarget instanceof HTMLElement
          ? event.currentTarget.querySelector<HTMLElement>("[data-autofocus]")
          : null;
      if (!wanted) return;
      event.preventDefault();
      wanted.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    },
  };
}
