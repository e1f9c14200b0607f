"use client";

import dynamic from "next/dynamic";

/** Toasts are never there at the first paint, so their code comes after it. */
export const LazyToaster = dynamic(() => import("@/components/ui/toaster").then((module) => module.Toaster), {
  ssr: false,
});
