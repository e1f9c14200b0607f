"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { beginPasskeyEnrollment } from "@/lib/domain/second-factor/begin-passkey-enrollment";
import { beginPasskeyStepUp } from "@/lib/domain/second-factor/begin-passkey-step-up";
import { beginTotpEnrollment } from "@/lib/domain/second-factor/begin-totp-enrollment";
import {
  finishPasskeyEnrollment,
  FinishPasskeyEnrollmentInput,
} from "@/lib/domain/second-factor/finish-passkey-enrollment";
import {
  finishPasskeyStepUp,
  FinishPasskeyStepUpInput,
} from "@/lib/domain/second-factor/finish-passkey-step-up";
import {
  finishTotpEnrollment,
  FinishTotpEnrollmentInput,
} from "@/lib/domain/second-factor/finish-totp-enrollment";
import { getStepUpOptions } from "@/lib/domain/second-factor/get-step-up-options";
import { FactorInput, removeFactor } from "@/lib/domain/second-factor/remove-factor";
import { renameFactor, RenameFactorInput } from "@/lib/domain/second-factor/rename-factor";
import { renewRecoveryCodes } from "@/lib/domain/second-factor/renew-recovery-codes";
import { stepUpWithCode, StepUpWithCodeInput } from "@/lib/domain/second-factor/step-up-with-code";
import {
  stepUpWithRecoveryCode,
  StepUpWithRecoveryCodeInput,
} from "@/lib/domain/second-factor/step-up-with-recovery-code";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { paths } from "@/lib/paths";
import { action } from "@/lib/web/action";
import { getPeer } from "@/lib/web/peer";
import { requirePerson } from "@/lib/web/person";
import { readBrowser, stepUpHere } from "@/lib/web/session";
import { readSignInCookie, writeSignInCookie } from "@/lib/web/sign-in-cookie";

/** A person's own second factors. Whose they are comes from the session, never from the input. */

const Nothing = z.strictObject({});

export const getStepUpOptionsAction = action(Nothing, async () => getStepUpOptions(await requirePerson()));

export const beginPasskeyStepUpAction = action(Nothing, async () =>
  beginPasskeyStepUp(await requirePerson()),
);

export const finishPasskeyStepUpAction = action(FinishPasskeyStepUpInput, async (input) => {
  await finishPasskeyStepUp(await requirePerson(), input);
  await stepUpHere("passkey");
});

export const stepUpWithCodeAction = action(StepUpWithCodeInput, async (input) => {
  await stepUpWithCode(await requirePerson(), input);
  await stepUpHere("totp");
});

export const stepUpWithRecoveryCodeAction = action(StepUpWithRecoveryCodeInput, async (input) => {
  await stepUpWithRecoveryCode(await requirePerson(), input);
  await stepUpHere("recovery_code");
});

export const beginPasskeyEnrollmentAction = action(Nothing, async () =>
  beginPasskeyEnrollment(await requirePerson()),
);

/** A factor that was just set up was also just shown. */
export const finishPasskeyEnrollmentAction = action(FinishPasskeyEnrollmentInput, async (input) => {
  const [person, { userAgent }] = await Promise.all([requirePerson(), readBrowser()]);
  const enrolled = await finishPasskeyEnrollment(person, input, userAgent);
  await stepUpHere("passkey");
  return enrolled;
});

export const beginTotpEnrollmentAction = action(Nothing, async () =>
  beginTotpEnrollment(await requirePerson()),
);

export const finishTotpEnrollmentAction = action(FinishTotpEnrollmentInput, async (input) => {
  const enrolled = await finishTotpEnrollment(await requirePerson(), input);
  await stepUpHere("totp");
  return enrolled;
});

export const renameFactorAction = action(RenameFactorInput, async (input) =>
  renameFactor(await requirePerson(), input),
);

export const removeFactorAction = action(FactorInput, async (input) =>
  removeFactor(await requirePerson(), input),
);

export const renewRecoveryCodesAction = action(Nothing, async () =>
  renewRecoveryCodes(await requirePerson()),
);

const SignInAgainInput = z.strictObject({ callbackUrl: z.string().max(1000) });

/** Mails a link to the person's own address and leads to the page that waits for it; the link leads back. */
export const signInAgainAction = action(SignInAgainInput, async ({ callbackUrl }) => {
  const { email } = await requirePerson();
  const [{ ip }, kept] = await Promise.all([getPeer(), readSignInCookie()]);
  const { nonce, address } = await requestSignIn({ email, callbackUrl }, { ip, nonce: kept?.nonce });
  await writeSignInCookie({ nonce, address, callbackUrl });
  redirect(paths.signInSent());
});
