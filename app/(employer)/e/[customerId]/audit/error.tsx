"use client";

import { ErrorSection } from "@/components/layout/error-sheet";

export default function AuditError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <ErrorSection {...(error.digest ? { digest: error.digest } : {})} onRetry={reset} />;
}
