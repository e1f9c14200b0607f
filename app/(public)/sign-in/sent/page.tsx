import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SheetPage } from "@/components/layout/sheet-page";
import { ResendButton } from "@/components/sign-in/resend-button";
import { SignInCode } from "@/components/sign-in/sign-in-code";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { maskAddress } from "@/lib/domain/sign-in/address";
import { signInCode, signInMinutes } from "@/lib/domain/sign-in/secrets";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { readSignInCookie } from "@/lib/web/sign-in-cookie";
import { requestSignInAction } from "../actions";

export const metadata: Metadata = { title: "Look in your mail" };

export default async function SentPage() {
  const kept = await readSignInCookie();
  if (!kept) redirect(paths.signIn());
  const { address, callbackUrl, nonce, invited } = kept;
  const { mode, SMTP_URL, FINCH_ENVIRONMENT } = env();
  return (
    <SheetPage
      title="Look in your mail"
      note={`The link works once, for ${signInMinutes} minutes. Nobody from Perch will ever ask for the code.`}
      environment={FINCH_ENVIRONMENT}
      footer={<span>Runs on your own servers</span>}
    >
      <p className="text-secondary">
        {invited ? (
          <>
            The invitation is accepted. A link to sign in is on its way to{" "}
            <b className="font-medium whitespace-nowrap text-ink">{maskAddress(address)}</b>, to show that the
            address is yours.
          </>
        ) : (
          <>
            If <b className="font-medium text-ink [overflow-wrap:anywhere]">{address}</b> belongs to an
            account, a link is on its way.
          </>
        )}{" "}
        It usually takes less than a minute.
      </p>
      <SignInCode code={signInCode(nonce, address)} />
      {mode === "local" && !SMTP_URL ? (
        <LinkButton href={paths.devMailbox()} variant="primary" className="mt-5 h-11 w-full text-base">
          Open the local mailbox
        </LinkButton>
      ) : null}
      <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        {invited ? null : (
          <ResendButton request={requestSignInAction} email={address} callbackUrl={callbackUrl ?? null} />
        )}
        <TextLink href={paths.signIn(callbackUrl)} className="py-1">
          {invited ? "No mail? Ask for another link" : "Use another address"}
        </TextLink>
      </p>
    </SheetPage>
  );
}
