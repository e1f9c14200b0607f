"use client";

import { useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionError } from "@/lib/client/action-result";
import type { StepUpOptionsView } from "@/lib/domain/second-factor/views";
import { EnrollPanel } from "./enroll-panel";
import { canUsePasskeys } from "./passkey-client";
import { RecoveryCodes } from "./recovery-codes";
import { SignInAgain } from "./sign-in-again";
import { useStepUpActions } from "./step-up-provider";
import { waysOf } from "./ways";
import { WayPanel } from "./way-panel";

/** What the dialog is about: showing a factor, setting one up, too late for that, keeping the codes. */
export type StepUpStage = "show" | "enroll" | "late" | "codes";

interface StepUpBodyProps {
  onStage: (stage: StepUpStage) => void;
  onConfirmed: () => void;
}

/** All stages stand on the same height, so that nothing jumps between them. */
const standing = "min-h-[172px]";

/** Reads what this person has, and shows the way to it. */
export function StepUpBody({ onStage, onConfirmed }: StepUpBodyProps) {
  const { readOptions } = useStepUpActions();
  const [options, setOptions] = useState<StepUpOptionsView | null>(null);
  const [failure, setFailure] = useState<ActionError | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let here = true;
    const unreachable = { code: "UNREACHABLE", message: "Perch did not answer. Check the network." };
    void readOptions({})
      .catch(() => ({ ok: false as const, error: unreachable }))
      .then((result) => {
        if (!here) return;
        if (!result.ok) return setFailure(result.error);
        setOptions(result.data);
        onStage(stageOf(result.data));
      });
    return () => {
      here = false;
    };
  }, [readOptions, onStage, attempt]);

  if (codes) return <RecoveryCodes codes={codes} takesFocus onDone={onConfirmed} />;
  if (failure) {
    return (
      <div className={standing}>
        <Banner tone="failing" role="alert" headingLevel={3} stacked title="That did not work">
          {failure.message}
        </Banner>
        <Button
          className="mt-3"
          onClick={() => {
            setFailure(null);
            setAttempt(attempt + 1);
          }}
        >
          Try again
        </Button>
      </div>
    );
  }
  if (!options) return <Loading />;
  const stage = stageOf(options);
  if (stage === "late") return <SignInAgain className={standing} />;
  if (stage === "enroll") {
    return (
      <EnrollPanel
        className={standing}
        onEnrolled={({ recoveryCodes }) => {
          if (!recoveryCodes) return onConfirmed();
          setCodes(recoveryCodes);
          onStage("codes");
        }}
      />
    );
  }
  return <WayPanel className={standing} options={options} onConfirmed={onConfirmed} />;
}

function stageOf(options: StepUpOptionsView): StepUpStage {
  if (waysOf(options, canUsePasskeys()).length > 0) return "show";
  return options.mayEnroll ? "enroll" : "late";
}

function Loading() {
  return (
    <div className={standing} aria-busy="true">
      <span className="sr-only" role="status">
        Loading
      </span>
      <Skeleton className="h-4 w-24" />
      <Skeleton className="mt-2 h-10 w-full" />
      <Skeleton className="mt-4 h-10 w-full" />
    </div>
  );
}
