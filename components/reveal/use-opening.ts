"use client";

import { useState, type FormEvent } from "react";
import type { ActionError } from "@/lib/client/action-result";

/** A form whose press opens a sealed value: one press at a time, and what was wrong with the last one. */
export function useOpening(open: () => Promise<ActionError | null>) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setError(null);
    const failed = await open().catch(() => ({
      code: "NETWORK",
      message: "Nothing was opened. Check your network and try again.",
    }));
    setPending(false);
    setError(failed);
  }

  return { pending, error, submit };
}
