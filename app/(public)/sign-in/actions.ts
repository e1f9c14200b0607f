"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmSignIn } from "@/lib/auth/confirm-sign-in";
import { requestSignIn, RequestSignInInput } from "@/lib/domain/sign-in/request-sign-in";
import { paths } from "@/lib/paths";
import { publicAction } from "@/lib/web/action";
import { getPeer } from "@/lib/web/peer";
import { readBrowser, setSessionCookie } from "@/lib/web/session";
import { dropSignInCookie, readSignInCookie, writeSignInCookie } from "@/lib/web/sign-in-cookie";

/** Asks for a link. Every address gets the same answer: the page that shows the code. */
export const requestSignInAction = publicAction(RequestSignInInput, async (input) => {
  const { ip } = await getPeer();
  const kept = await readSignInCookie();
  const { nonce, address } = await requestSignIn(input, { ip, nonce: kept?.nonce });
  await writeSignInCookie({
    nonce,
    address,
    ...(input.callbackUrl ? { callbackUrl: input.callbackUrl } : {}),
  });
  redirect(paths.signInSent());
});

const ConfirmSignInInput = z.strictObject({
  token: z.string().max(200),
  code: z.string().max(40).optional(),
});

/** Consumes the link. The only way to a session. */
export const confirmSignInAction = publicAction(ConfirmSignInInput, async (input) => {
  const result = await confirmSignIn({
    ...input,
    nonce: (await readSignInCookie())?.nonce,
    ...(await readBrowser()),
  });
  if (result.state !== "signed-in") return result;
  await setSessionCookie(result.session);
  await dropSignInCookie();
  redirect(result.callbackUrl ?? paths.home());
});
