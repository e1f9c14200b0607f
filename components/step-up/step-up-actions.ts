import type { ActionResult } from "@/lib/client/action-result";
import type { EnrolledView, StepUpOptionsView } from "@/lib/domain/second-factor/views";
import type { PasskeyCreationOptions, PasskeyRequestOptions } from "./passkey-client";

/** What a browser answers about a passkey, as the server wants it. */
export interface PasskeyAnswerInput {
  id: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
  userHandle?: string;
}

export interface PasskeyRegistrationInput {
  id: string;
  clientDataJSON: string;
  attestationObject: string;
  transports: string[];
}

type Answer<Data> = Promise<ActionResult<Data>>;
type Nothing = Record<string, never>;

/** Setting up a factor. */
export interface EnrollActions {
  beginPasskey: (input: Nothing) => Answer<{ challengeId: string; options: PasskeyCreationOptions }>;
  finishPasskey: (input: {
    challengeId: string;
    registration: PasskeyRegistrationInput;
  }) => Answer<EnrolledView>;
  beginApp: (input: Nothing) => Answer<{ enrollmentId: string; uri: string; key: string }>;
  finishApp: (input: { enrollmentId: string; code: string }) => Answer<EnrolledView>;
  /** Mails a sign-in link to the person's own address and leads to the page that waits for it. */
  signInAgain: (input: { callbackUrl: string }) => Answer<never>;
}

/** Showing one. The root layout hands all of them in, so that nothing here reaches into app/. */
export interface StepUpActions extends EnrollActions {
  readOptions: (input: Nothing) => Answer<StepUpOptionsView>;
  beginStepUp: (input: Nothing) => Answer<{ challengeId: string; options: PasskeyRequestOptions }>;
  finishStepUp: (input: { challengeId: string; answer: PasskeyAnswerInput }) => Answer<void>;
  enterCode: (input: { code: string }) => Answer<void>;
  enterRecoveryCode: (input: { code: string }) => Answer<void>;
}
