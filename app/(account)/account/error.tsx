"use client";

import { ErrorSection } from "@/components/layout/error-sheet";

export default function AccountError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <ErrorSection {...(error.digest ? { digest: error.digest } : {})} onRetry={reset} />;
}
