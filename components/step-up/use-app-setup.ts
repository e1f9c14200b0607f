"use client";

import { useState } from "react";
import type { ActionResult } from "@/lib/client/action-result";
import type { EnrolledView } from "@/lib/domain/second-factor/views";
import type { EnrollActions } from "./step-up-actions";
import type { Run } from "./use-passkey-setup";

/** A secret that an authenticator app is to get. */
export interface BegunApp {
  enrollmentId: string;
  uri: string;
  key: string;
}

const unreachable = "Perch did not answer. Check the network and try again.";

/** Sets an authenticator app up. `run` may ask for a step-up at either end. */
export function useAppSetup(actions: EnrollActions, run: Run) {
  const [begun, setBegun] = useState<BegunApp | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function begin() {
    setPending(true);
    setProblem(null);
    const result = await run(() => actions.beginApp({})).catch(() => null);
    setPending(false);
    if (result?.ok) setBegun(result.data);
    else setProblem(result?.error.message ?? unreachable);
  }

  function finish(code: string): Promise<ActionResult<EnrolledView>> {
    return run(() => actions.finishApp({ enrollmentId: begun?.enrollmentId ?? "", code }));
  }

  return { begun, begin, finish, leave: () => setBegun(null), pending, problem };
}
