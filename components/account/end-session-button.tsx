"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";

const unanswered = "Perch did not answer, so it may still be open. Check the network and try again.";

interface EndSessionButtonProps {
  sessionId: string;
  /** "Firefox 144 on Linux". */
  name: string;
  end: (input: { sessionId: string }) => Promise<ActionResult<void>>;
}

/** Signs one other browser out. Nothing is lost by it, so it asks nothing. */
export function EndSessionButton({ sessionId, name, end }: EndSessionButtonProps) {
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  function press() {
    startTransition(async () => {
      const result = await answerOf(end({ sessionId }), unanswered);
      if (result.ok) {
        notify({ tone: "healthy", title: "Session ended", detail: `${name} is signed out.` });
        return;
      }
      notify({ tone: "attention", title: "The session was not ended", detail: result.error.message });
      // What the list says is not true any more.
      router.refresh();
    });
  }

  return (
    <Button size="sm" pending={pending} pendingLabel="Ending" onClick={press} aria-label={`End ${name}`}>
      End
    </Button>
  );
}
