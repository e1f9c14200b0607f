import type { Metadata } from "next";
import { InvitationOver } from "@/components/invite/invitation-over";
import { InvitationSheet } from "@/components/invite/invitation-sheet";
import { SheetPage } from "@/components/layout/sheet-page";
import { TooManyLinks } from "@/components/sign-in/too-many-links";
import { getInvitation } from "@/lib/domain/invitations/get-invitation";
import { env } from "@/lib/env";
import { linkPageRefusal } from "@/lib/web/link-page";
import { getPeer } from "@/lib/web/peer";
import { getSession } from "@/lib/web/session";
import { acceptInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Invitation", robots: { index: false, follow: false } };

interface InvitePageProps {
  params: Promise<{ token: string }>;
}

/** Shows, never acts: mail scanners open this address too. The button's POST accepts. */
export default async function InvitePage({ params }: InvitePageProps) {
  const refusal = await linkPageRefusal((await getPeer()).ip);
  if (refusal !== null) return <TooManyLinks refusal={refusal} environment={env().FINCH_ENVIRONMENT} />;
  const [{ token }, session] = await Promise.all([params, getSession()]);
  const invitation = await getInvitation(token, session?.user ?? null);
  const isOpen = invitation.state === "open";
  return (
    <SheetPage
      title={isOpen ? `${invitation.employer} invites you` : "This invitation is over"}
      note={isOpen ? "Opening this page changed nothing. There is no password." : undefined}
      environment={env().FINCH_ENVIRONMENT}
      footer={<span>Runs on your own servers</span>}
    >
      {isOpen ? (
        <InvitationSheet
          token={token}
          invitation={invitation}
          signedInAs={session?.user.email ?? null}
          accept={acceptInvitationAction}
        />
      ) : (
        <InvitationOver signedIn={session !== null} />
      )}
    </SheetPage>
  );
}
