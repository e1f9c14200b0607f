"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { askPasskey, passkeyProblem } from "./passkey-client";
import { useStepUpActions } from "./step-up-provider";

/** The device asks for a fingerprint, a face or its PIN. */
export function PasskeyWay({ onConfirmed }: { onConfirmed: () => void }) {
  const { beginStepUp, finishStepUp } = useStepUpActions();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function confirm(): Promise<string | null> {
    const begun = await beginStepUp({});
    if (!begun.ok) return begun.error.message;
    const { challengeId, options } = begun.data;
    const result = await finishStepUp({ challengeId, answer: await askPasskey(options) });
    return result.ok ? null : result.error.message;
  }

  async function press() {
    setPending(true);
    setProblem(null);
    const trouble = await confirm().catch(passkeyProblem);
    setPending(false);
    if (trouble === null) onConfirmed();
    else setProblem(trouble);
  }

  return (
    <div className="mb-3">
      <p className="text-sm text-secondary">
        Your device asks for your fingerprint, face or PIN. What you show stays on it.
      </p>
      <div className="my-3 min-h-[22px]" role="alert">
        {problem ? <FieldError>{problem}</FieldError> : null}
      </div>
      <Button
        variant="primary"
        size="lg"
        className="w-full"
        autoFocus
        data-autofocus=""
        pending={pending}
        pendingLabel="Waiting for your device"
        onClick={() => void press()}
      >
        <Fingerprint size={16} aria-hidden="true" />
        Use your passkey
      </Button>
    </div>
  );
}
