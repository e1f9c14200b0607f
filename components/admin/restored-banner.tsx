"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";

const unanswered = "Perch did not answer. Check the network and try again.";

interface RestoredBannerProps {
  /** When the copy was found, as it is shown. */
  since: string;
  mayConfirm: boolean;
  confirm: (input: Record<string, never>) => Promise<ActionResult<boolean>>;
}

/** Above every page of staff while a restored copy holds what it would send. */
export function RestoredBanner({ since, mayConfirm, confirm }: RestoredBannerProps) {
  const { run, dialog } = useStepUp();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function press() {
    setPending(true);
    setFailure(null);
    const result = await run(() => answerOf(confirm({}), unanswered));
    setPending(false);
    if (!result.ok) return setFailure(result.error.message);
    notify({ tone: "healthy", title: "The restored copy is confirmed. What waited goes out now." });
    router.refresh();
  }

  return (
    <>
      <Banner
        tone="attention"
        className="mb-5"
        title={`This is a restored copy, found ${since}. Nothing is sent from it.`}
        means="Mails and disconnects wait in the queue. Everybody had to sign in again, and links sent earlier no longer work."
        todo={
          mayConfirm
            ? "If this copy replaces the original, let it go on. If the original still runs, leave it as it is: two copies would mail and disconnect twice."
            : "A staff admin confirms the copy once it has been looked at."
        }
        actions={
          mayConfirm ? (
            <Button
              variant="primary"
              pending={pending}
              pendingLabel="Confirming"
              onClick={() => void press()}
            >
              Let it go on
            </Button>
          ) : null
        }
      />
      {failure ? (
        <Banner
          tone="failing"
          role="alert"
          className="mb-5"
          title="The copy was not confirmed."
          todo={failure}
        />
      ) : null}
      {dialog}
    </>
  );
}
