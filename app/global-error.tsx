"use client";

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { ErrorSheet } from "@/components/layout/error-sheet";
import "./globals.css";

/** Replaces the root layout, so it brings its own html and body. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <title>Something went wrong · Perch</title>
        <ErrorSheet digest={error.digest} onRetry={reset} />
      </body>
    </html>
  );
}
