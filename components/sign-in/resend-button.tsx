"use client";

import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";

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

  function resend() {
    startTransition(async () => {
      const asked = request({ email, ...(callbackUrl ? { callbackUrl } : {}) });
      const result = await answerOf(asked, unanswered);
      setSaid(result?.ok === false ? result.error.message : "Asked again. Only the newest mail matters.");
      setLeft(pauseSeconds);
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
