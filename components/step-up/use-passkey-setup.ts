"use client";

import { useState } from "react";
import type { EnrolledView } from "@/lib/domain/second-factor/views";
import { makePasskey, passkeyProblem } from "./passkey-client";
import type { EnrollActions } from "./step-up-actions";

export type Run = <Result>(attempt: () => Promise<Result>) => Promise<Result>;

/** Sets a passkey up on this device. `run` may ask for a step-up in between. */
export function usePasskeySetup(actions: EnrollActions, run: Run) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function enroll(): Promise<EnrolledView | string> {
    const begun = await run(() => actions.beginPasskey({}));
    if (!begun.ok) return begun.error.message;
    const { challengeId, options } = begun.data;
    const registration = await makePasskey(options);
    const result = await run(() => actions.finishPasskey({ challengeId, registration }));
    return result.ok ? result.data : result.error.message;
  }

  /** Null where it did not work; `problem` says why. */
  async function setUp(): Promise<EnrolledView | null> {
    setPending(true);
    setProblem(null);
    const outcome = await enroll().catch(passkeyProblem);
    setPending(false);
    if (typeof outcome !== "string") return outcome;
    setProblem(outcome);
    return null;
  }

  return { setUp, pending, problem };
}
