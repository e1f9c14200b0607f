"use client";

import { ErrorSheet } from "@/components/layout/error-sheet";

export default function AppError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <ErrorSheet digest={error.digest} onRetry={reset} />;
}
