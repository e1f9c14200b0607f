"use client";

import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";

export interface CancelSyncProps {
  runId: string;
  cancel: (runId: string) => Promise<ActionResult<{ cancelled: boolean }>>;
  onDone: () => Promise<void>;
}

const unanswered = "Perch did not answer. The sync may still run; try again.";

/** Cancels a sync after it was asked once more. */
export function CancelSync({ runId, cancel, onDone }: CancelSyncProps) {
  async function stop(): Promise<string | void> {
    const result = await answerOf(cancel(runId), unanswered);
    if (!result.ok) return result.error.message;
    await onDone();
    notify(
      result.data.cancelled
        ? { title: "The sync was cancelled", detail: "What had arrived stays." }
        : { tone: "waiting", title: "The sync had ended already" },
    );
  }
  return (
    <ConfirmInPlace
      label="Cancel sync"
      question="Cancel this sync? What has arrived stays."
      confirmLabel="Cancel it"
      keepLabel="Let it run"
      onConfirm={stop}
    />
  );
}
