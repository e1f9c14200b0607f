"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Sends an invitation again. `onResend` gives what was wrong, nothing where it worked. */
export function SendAgain({ onResend }: { onResend: () => Promise<string | void> }) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send() {
    setPending(true);
    setProblem((await onResend()) ?? null);
    setPending(false);
  }

  return (
    <>
      <Button size="sm" pending={pending} pendingLabel="Sending" onClick={() => void send()}>
        Send again
      </Button>
      {problem ? (
        <p role="alert" className="order-last w-full text-failing-text">
          {problem}
        </p>
      ) : null}
    </>
  );
}
