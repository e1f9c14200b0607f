"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import {
  askPasskey,
  canUsePasskeys,
  passkeyProblem,
  type PasskeyRequestOptions,
} from "@/components/step-up/passkey-client";
import type { PasskeyAnswerInput } from "@/components/step-up/step-up-actions";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { ActionResult } from "@/lib/client/action-result";
import { isLeaving } from "@/lib/client/is-leaving";

interface PasskeySignInProps {
  begin: (
    input: Record<string, never>,
  ) => Promise<ActionResult<{ challengeId: string; options: PasskeyRequestOptions }>>;
  signIn: (input: {
    challengeId: string;
    answer: PasskeyAnswerInput;
    callbackUrl?: string;
  }) => Promise<ActionResult<never>>;
  callbackUrl: string | null;
}

/** The other way in: no address, no mail, no code. */
export function PasskeySignIn({ begin, signIn, callbackUrl }: PasskeySignInProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function attempt(): Promise<string> {
    if (!canUsePasskeys()) return "This browser has no passkeys. Use a sign-in link.";
    const begun = await begin({});
    if (!begun.ok) return begun.error.message;
    const { challengeId, options } = begun.data;
    const answer = await askPasskey(options);
    const result = await signIn({ challengeId, answer, ...(callbackUrl ? { callbackUrl } : {}) });
    return result.ok ? "" : result.error.message;
  }

  async function press() {
    setPending(true);
    setProblem(null);
    const trouble = await attempt().catch((error: unknown) =>
      isLeaving(error) ? "" : passkeyProblem(error),
    );
    // Where it worked, the page leaves.
    if (trouble === "") return;
    setPending(false);
    setProblem(trouble);
  }

  return (
    <div>
      <Button
        className="h-11 w-full text-base"
        pending={pending}
        pendingLabel="Waiting for your device"
        onClick={() => void press()}
      >
        <Fingerprint size={16} aria-hidden="true" />
        Sign in with a passkey
      </Button>
      <div role="alert">{problem ? <FieldError>{problem}</FieldError> : null}</div>
    </div>
  );
}
