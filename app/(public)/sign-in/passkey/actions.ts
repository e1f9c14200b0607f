"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { startSession, stepUpSession } from "@/lib/auth/start-session";
import { beginPasskeySignIn } from "@/lib/domain/second-factor/begin-passkey-sign-in";
import {
  confirmPasskeySignIn,
  ConfirmPasskeySignInInput,
} from "@/lib/domain/second-factor/confirm-passkey-sign-in";
import { findSafePath } from "@/lib/domain/sign-in/safe-path";
import { paths } from "@/lib/paths";
import { publicAction } from "@/lib/web/action";
import { dropPasskeyNonce, readPasskeyNonce, writePasskeyNonce } from "@/lib/web/passkey-cookie";
import { getPeer } from "@/lib/web/peer";
import { readBrowser, setSessionCookie } from "@/lib/web/session";
import { dropSignInCookie } from "@/lib/web/sign-in-cookie";

/** Asks this browser for any passkey. */
export const beginPasskeySignInAction = publicAction(z.strictObject({}), async () => {
  const { ip } = await getPeer();
  const { nonce, challengeId, options } = await beginPasskeySignIn({ ip });
  await writePasskeyNonce(nonce);
  return { challengeId, options };
});

const PasskeySignInInput = ConfirmPasskeySignInInput.extend({ callbackUrl: z.string().max(1000).optional() });

/** Signs in whoever's passkey answered. A passkey is a second factor too: it counts as just shown. */
export const passkeySignInAction = publicAction(PasskeySignInInput, async ({ callbackUrl, ...input }) => {
  const { sessionToken, ...browser } = await readBrowser();
  const nonce = await readPasskeyNonce();
  const { userId } = await confirmPasskeySignIn(input, { ip: browser.ip, nonce });
  const started = await startSession({ userId, method: "passkey", previousToken: sessionToken, ...browser });
  const session = await stepUpSession(started.token, "passkey");
  await setSessionCookie({ ...session, deviceToken: started.deviceToken });
  await dropPasskeyNonce();
  await dropSignInCookie();
  redirect(findSafePath(callbackUrl) ?? paths.home());
});
