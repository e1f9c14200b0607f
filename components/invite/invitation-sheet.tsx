"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";
import type { InvitationView } from "@/lib/domain/invitations/get-invitation";
import { formatInstant } from "@/lib/format/dates";
import { InvitationOver } from "./invitation-over";
import { OtherAddress } from "./other-address";

const unanswered = "Perch did not answer, so nothing was accepted. Check the network and try again.";

type Answer = { state: "over" } | { state: "other-address" };

interface InvitationSheetProps {
  token: string;
  invitation: Extract<InvitationView, { state: "open" }>;
  /** The address of whoever is signed in in this browser. */
  signedInAs: string | null;
  accept: (input: { token: string }) => Promise<ActionResult<Answer>>;
}

/** Who invites, whom, to what and until when; one button. */
export function InvitationSheet({ token, invitation, signedInAs, accept }: InvitationSheetProps) {
  const { employer, inviter, maskedAddress, expiresAt, timeZone, visitor } = invitation;
  const [answer, setAnswer] = useState<Answer | null>(
    visitor === "other" ? { state: "other-address" } : null,
  );
  const [problem, setProblem] = useState<ActionError | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  function press() {
    startTransition(async () => {
      const result = await answerOf(accept({ token }), unanswered);
      if (result?.ok) {
        setAnswer(result.data);
        // The page's own title says what became of it.
        router.refresh();
      }
      if (result?.ok === false) setProblem(result.error);
    });
  }

  if (answer?.state === "over") return <InvitationOver signedIn={signedInAs !== null} />;
  return (
    <div className="grid gap-4">
      {problem ? (
        <Banner
          role="alert"
          stacked
          title="Not accepted"
          requestId={problem.reference ?? null}
          requestLabel="Reference"
        >
          {problem.message}
        </Banner>
      ) : null}
      <p className="text-secondary">
        You can see what {employer} holds about you in its payroll: your profile, your pay statements and your
        totals of the year. Nobody else&apos;s, and nothing is changed there.
      </p>
      <DefinitionList>
        <Definition term="Invited by">{inviter}</Definition>
        <Definition term="For the address">
          <span className="whitespace-nowrap">{maskedAddress}</span>
        </Definition>
        <Definition term="Works until">{formatInstant(expiresAt, timeZone, { showZone: true })}</Definition>
      </DefinitionList>
      {answer?.state === "other-address" ? (
        <OtherAddress signedInAs={signedInAs} maskedAddress={maskedAddress} />
      ) : (
        <>
          <Button
            variant="primary"
            className="h-11 text-base"
            pending={pending}
            pendingLabel="Accepting"
            onClick={press}
          >
            Accept invitation
          </Button>
          {visitor === "nobody" ? (
            <p className="text-xs text-muted">
              You then get a mail with a sign-in link, to show that the address is yours.
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
