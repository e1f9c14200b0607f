"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { StepUpActions } from "./step-up-actions";

const StepUpContext = createContext<StepUpActions | null>(null);

/** Hands the step-up's server actions to wherever a press may need them. */
export function StepUpProvider({ actions, children }: { actions: StepUpActions; children: ReactNode }) {
  return <StepUpContext value={actions}>{children}</StepUpContext>;
}

export function useStepUpActions(): StepUpActions {
  const actions = useContext(StepUpContext);
  if (!actions) throw new TypeError("useStepUp() works inside StepUpProvider");
  return actions;
}
