import type { StepUpActions } from "@/components/step-up/step-up-actions";
import {
  beginPasskeyEnrollmentAction,
  beginPasskeyStepUpAction,
  beginTotpEnrollmentAction,
  finishPasskeyEnrollmentAction,
  finishPasskeyStepUpAction,
  finishTotpEnrollmentAction,
  getStepUpOptionsAction,
  signInAgainAction,
  stepUpWithCodeAction,
  stepUpWithRecoveryCodeAction,
} from "./actions";

/** What the root layout hands to every page, so that any press can ask for a second factor. */
export const stepUpActions: StepUpActions = {
  readOptions: getStepUpOptionsAction,
  beginStepUp: beginPasskeyStepUpAction,
  finishStepUp: finishPasskeyStepUpAction,
  enterCode: stepUpWithCodeAction,
  enterRecoveryCode: stepUpWithRecoveryCodeAction,
  beginPasskey: beginPasskeyEnrollmentAction,
  finishPasskey: finishPasskeyEnrollmentAction,
  beginApp: beginTotpEnrollmentAction,
  finishApp: finishTotpEnrollmentAction,
  signInAgain: signInAgainAction,
};
