import type { Metadata } from "next";
import { SheetPage } from "@/components/layout/sheet-page";
import { ConfirmForm } from "@/components/sign-in/confirm-form";
import { LinkOver } from "@/components/sign-in/link-over";
import { TooManyLinks } from "@/components/sign-in/too-many-links";
import { getSignInLink } from "@/lib/domain/sign-in/get-sign-in-link";
import { env } from "@/lib/env";
import { linkPageRefusal } from "@/lib/web/link-page";
import { getPeer } from "@/lib/web/peer";
import { readSignInCookie } from "@/lib/web/sign-in-cookie";
import { confirmSignInAction } from "../actions";

export const metadata: Metadata = { title: "Confirm sign-in" };

interface ConfirmPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** Shows, never acts: mail scanners open this address too. The button's POST consumes the link. */
export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const refusal = await linkPageRefusal((await getPeer()).ip);
  if (refusal !== null) return <TooManyLinks refusal={refusal} environment={env().FINCH_ENVIRONMENT} />;
  const { token } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const link = await getSignInLink(given, (await readSignInCookie())?.nonce);
  return (
    <SheetPage
      title={link.state === "open" ? "Confirm that it is you" : "This link is over"}
      environment={env().FINCH_ENVIRONMENT}
      footer={<span>Runs on your own servers</span>}
    >
      {link.state === "open" ? (
        <ConfirmForm
          confirm={confirmSignInAction}
          token={given}
          maskedAddress={link.maskedAddress}
          needsCode={link.needsCode}
        />
      ) : (
        <LinkOver />
      )}
    </SheetPage>
  );
}
