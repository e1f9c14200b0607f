"use client";

import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/client/action-result";
import { isLeaving } from "@/lib/client/is-leaving";

const pauseSeconds = 60;
const unanswered = "Perch did not answer, so no link was sent. Check the network and try again.";

interface ResendButtonProps {
  request: (input: { email: string; callbackUrl?: string }) => Promise<ActionResult<never>>;
  email: string;
  callbackUrl: string | null;
}

/** Asks again, once a minute at most. The code stays the same. */
export function ResendButton({ request, email, callbackUrl }: ResendButtonProps) {
  const [left, setLeft] = useState(pauseSeconds);
  const [said, setSaid] = useState("");
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    if (left === 0) return;
    const timer = window.setTimeout(() => setLeft(left - 1), 1000);
    return () => window.clearTimeout(timer);
  }, [left]);

  /** What was wrong, or null. */
  async function ask(): Promise<string | null> {
    try {
      const result = await request({ email, ...(callbackUrl ? { callbackUrl } : {}) });
      return result?.ok === false ? result.error.message : null;
    } catch (error) {
      // The answer leads to this very page.
      return isLeaving(error) ? null : unanswered;
    }
  }

  function resend() {
    startTransition(async () => {
      const problem = await ask();
      setSaid(problem ?? "Asked again. Only the newest mail matters.");
      if (problem === null) setLeft(pauseSeconds);
    });
  }

  return (
    <>
      <Button disabled={left > 0} pending={pending} pendingLabel="Sending" onClick={resend}>
        {left > 0 ? `Send again in ${left} s` : "Send again"}
      </Button>
      <span role="status" className={said ? "order-last w-full text-xs text-secondary" : "sr-only"}>
        {said}
      </span>
    </>
  );
}
