"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FieldError } from "@/components/ui/field";
import { isLeaving } from "@/lib/client/is-leaving";
import { useStepUpActions } from "./step-up-provider";

/** For somebody without a second factor who signed in too long ago to set one up. */
export function SignInAgain({ className }: { className?: string }) {
  const { signInAgain } = useStepUpActions();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function press() {
    setPending(true);
    const callbackUrl = window.location.pathname + window.location.search;
    const result = await signInAgain({ callbackUrl }).catch((error: unknown) =>
      isLeaving(error) ? ("leaving" as const) : null,
    );
    // Where it worked, the page leaves for the one that waits for the mail.
    if (result === "leaving" || result?.ok) return;
    setPending(false);
    setProblem(result?.error.message ?? "Perch did not answer. Check the network and try again.");
  }

  return (
    <div className={cn("grid content-start gap-3.5", className)}>
      <p className="text-sm text-secondary">
        A second factor can be set up within 10 minutes of signing in, so that nobody who finds your browser
        open can put a lock of their own on your account.
      </p>
      <p className="text-sm text-secondary">
        The button mails you a sign-in link. Its press brings you back to this page, and then it works.
      </p>
      <div className="min-h-[22px]" role="alert">
        {problem ? <FieldError>{problem}</FieldError> : null}
      </div>
      <Button
        variant="primary"
        className="justify-self-start"
        autoFocus
        data-autofocus=""
        pending={pending}
        pendingLabel="Sending the link"
        onClick={() => void press()}
      >
        Sign in again
      </Button>
    </div>
  );
}
