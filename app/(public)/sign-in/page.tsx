import type { Metadata } from "next";
import { SheetPage } from "@/components/layout/sheet-page";
import { DemoAccounts } from "@/components/sign-in/demo-accounts";
import { OtherWays } from "@/components/sign-in/other-ways";
import { PasskeySignIn } from "@/components/sign-in/passkey-sign-in";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { SignedInNotice } from "@/components/sign-in/signed-in-notice";
import { SingleSignOnLink } from "@/components/sign-in/single-sign-on-link";
import { isOidcConfigured } from "@/lib/auth/oidc/client";
import { findSafePath } from "@/lib/domain/sign-in/safe-path";
import { signInMinutes } from "@/lib/domain/sign-in/secrets";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { isDemo } from "@/lib/web/installation";
import { getSession } from "@/lib/web/session";
import { requestSignInAction } from "./actions";
import { beginPasskeySignInAction, passkeySignInAction } from "./passkey/actions";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const [{ callbackUrl }, session, demo] = await Promise.all([searchParams, getSession(), isDemo()]);
  const target = findSafePath(callbackUrl);
  return (
    <SheetPage
      title="Sign in to Perch"
      subtitle={`at ${new URL(env().appUrl).host}`}
      note={`No password here. The link works once, for ${signInMinutes} minutes.`}
      environment={env().FINCH_ENVIRONMENT}
      footer={<span>Runs on your own servers</span>}
    >
      {session ? (
        <SignedInNotice name={session.user.name ?? session.user.email} href={target ?? paths.home()} />
      ) : null}
      <SignInForm request={requestSignInAction} callbackUrl={target} />
      <OtherWays>
        <PasskeySignIn begin={beginPasskeySignInAction} signIn={passkeySignInAction} callbackUrl={target} />
        {isOidcConfigured() ? <SingleSignOnLink callbackUrl={target} /> : null}
      </OtherWays>
      {demo ? <DemoAccounts /> : null}
    </SheetPage>
  );
}
