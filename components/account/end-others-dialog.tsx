"use client";

import { useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { notify } from "@/components/ui/toaster";
import { answerOf } from "@/lib/client/answer-of";
import { formatCount } from "@/lib/format/money";
import type { EndOthersButtonProps } from "./end-others-button";

const unanswered = "Perch did not answer, so they may still be open. Check the network and try again.";

interface EndOthersDialogProps extends EndOthersButtonProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function EndOthersDialog({ count, end, open, onOpenChange }: EndOthersDialogProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const sessions = formatCount(count, "other session", "other sessions");

  function confirm() {
    startTransition(async () => {
      const result = await answerOf(end({}), unanswered);
      if (!result.ok) {
        setProblem(result.error.message);
        return;
      }
      const ended = formatCount(result.data.ended, "session", "sessions");
      notify({ tone: "healthy", title: `${ended} ended`, detail: "You stay signed in here." });
      onOpenChange(false);
    });
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`End ${sessions}?`}
        description="Those browsers are signed out with their next step, and what is open there and not saved is lost. You stay signed in here, and get a mail about it."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button variant="danger" pending={pending} pendingLabel="Ending" onClick={confirm}>
              End {sessions}
            </Button>
          </>
        }
      >
        {problem ? (
          <Banner role="alert" stacked title="They were not ended">
            {problem}
          </Banner>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
