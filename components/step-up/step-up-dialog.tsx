"use client";

import { useCallback, useRef, useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { StepUpBody, type StepUpStage } from "./step-up-body";

interface StepUpDialogProps {
  open: boolean;
  onSettle: (confirmed: boolean) => void;
}

const heads: Record<StepUpStage, { title: string; description: string }> = {
  show: {
    title: "Confirm that it is you",
    description: "This step needs your second factor. For 10 minutes after, nothing asks again.",
  },
  enroll: {
    title: "Set up a second factor",
    description: "This step needs more than your mailbox: something that only you have. It takes a minute.",
  },
  late: {
    title: "Sign in again to set it up",
    description: "This step needs a second factor, and your account has none yet.",
  },
  codes: {
    title: "Keep your recovery codes",
    description: "Each opens your account once, on the day your device is lost. They are shown only now.",
  },
};

/** The dialog of a step-up: a way to show a second factor, or setting up the first one in place. */
export function StepUpDialog({ open, onSettle }: StepUpDialogProps) {
  const [stage, setStage] = useState<StepUpStage>("show");
  // The codes are on a screen this once: neither a stray Escape nor options that are read anew (the
  // page renews itself when a session changes) take them away. A ref, because both may come before a paint.
  const holdsCodes = useRef(false);
  const enter = useCallback((next: StepUpStage) => {
    if (holdsCodes.current) return;
    holdsCodes.current = next === "codes";
    setStage(next);
  }, []);
  const settle = (confirmed: boolean) => {
    holdsCodes.current = false;
    onSettle(confirmed);
    setStage("show");
  };
  return (
    <Dialog open={open} onOpenChange={(next) => (next || holdsCodes.current ? undefined : settle(false))}>
      <DialogContent {...heads[stage]} stacked mustAnswer={stage === "codes"}>
        <StepUpBody onStage={enter} onConfirmed={() => settle(true)} />
      </DialogContent>
    </Dialog>
  );
}
