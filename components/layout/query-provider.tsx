"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { RequestError } from "@/lib/client/fetch-json";

function shouldRetry(failures: number, error: Error): boolean {
  // A refusal stays one; only what may pass by itself is asked again.
  const final = error instanceof RequestError && error.status >= 400 && error.status < 500;
  return !final && failures < 3;
}

export interface QueryProviderProps {
  /** User and employer: a change of either forgets everything that was fetched. */
  scopeKey: string;
  children: ReactNode;
}

/** React Query for the pages below, emptied when the person or the employer changes. */
export function QueryProvider({ scopeKey, children }: QueryProviderProps) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 5_000, retry: shouldRetry, refetchOnWindowFocus: true } },
      }),
  );
  const seen = useRef(scopeKey);
  useEffect(() => {
    if (seen.current === scopeKey) return;
    seen.current = scopeKey;
    client.clear();
  }, [client, scopeKey]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
