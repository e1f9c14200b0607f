"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { RequestError } from "@/lib/client/fetch-json";

function shouldRetry(failures: number, error: Error): boolean {
  // A refusal stays one; only what may pass by itself is asked again.
  const final = error instanceof RequestError && error.status >= 400 && error.status < 500;
  return !final && failures < 3;
}

export interface QueryProviderProps {
  /** User and employer: another one of either has a cache of its own. */
  scopeKey: string;
  children: ReactNode;
}

/** React Query for the pages below. With the person or the employer the cache goes too, and what was fetched with it. */
export function QueryProvider({ scopeKey, children }: QueryProviderProps) {
  return <Cache key={scopeKey}>{children}</Cache>;
}

function Cache({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 5_000, retry: shouldRetry, refetchOnWindowFocus: true } },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
