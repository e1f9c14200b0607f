"use client";

import { useState } from "react";

/**
 * Code that is only needed once something is pressed: fetched when the pointer or the focus comes near,
 * there when it is pressed. Returns the value once loaded, and what the trigger has to listen to.
 */
export function useLazy<Loaded>(load: () => Promise<Loaded>, onReady?: () => void) {
  const [loaded, setLoaded] = useState<{ value: Loaded } | null>(null);

  function prepare() {
    void load().catch(() => undefined); // pressed again, it is tried again
  }

  async function start() {
    const value = await load();
    setLoaded({ value });
    onReady?.();
  }

  return {
    loaded: loaded?.value ?? null,
    triggerProps: {
      onPointerEnter: prepare,
      onFocus: prepare,
      onClick: () => void start(),
    },
  };
}
