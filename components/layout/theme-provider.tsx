"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import { useEffect, useState, type ReactNode } from "react";

declare global {
  var __webpack_nonce__: string | undefined;
}

/**
 * Light, dark or as the system, kept in the browser. The nonce lets its first script run under the CSP, and the
 * scroll lock of dialogs, which looks for it under the name that bundlers use, insert its style element.
 */
export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // The document keeps the policy it came with, so a refresh with another nonce must not change this one.
  const [first] = useState(nonce);
  useEffect(() => {
    globalThis.__webpack_nonce__ = first;
  }, [first]);
  return (
    <NextThemes
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={first}
    >
      {children}
    </NextThemes>
  );
}
